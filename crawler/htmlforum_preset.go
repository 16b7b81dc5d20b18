package crawler

// presets returns the selectors of the common forum programs, by name; for the names see
// pickerNames. Where a program has changed over its versions, the newer comes first.
func presets() map[string]map[string]string {
	return map[string]map[string]string{
		"phpbb": phpbb(), "smf": smf(), "vbulletin": vbulletin(), "xenforo": xenforo(), "nodebb": nodebb(), "fossil": fossil(),
		"phpbb-archive": phpbbArchive(), "smf-archive": smfArchive(),
	}
}

func phpbb() map[string]string {
	return map[string]string{
		"board": "ul.topiclist.forums > li.row || a.forumtitle", "board-link": "a.forumtitle @href || @href", "board-mark": "dd.posts || dd.lastpost time @datetime || dd.lastpost",
		"topic": "ul.topiclist.topics > li.row || li.row:has(a.topictitle) || tr:has(a.topictitle)", "topic-link": "a.topictitle @href",
		"topic-mark": "dd.posts || td.postdetails", "topic-last": "dd.lastpost time @datetime || dd.lastpost span ~ (\\S+ \\S+ \\S+ \\d{4},? \\d+:\\d+(?: [ap]m)?) || td:last-child .postdetails",
		"next":  "a[rel=next] @href || .pagination li.next > a @href || .pagination a.right-box @href || .nav a:last-child @href ~ (.*start=.*)",
		"title": "h2.topic-title || h3.first || a.maintitle", "place": ".crumb:last-of-type || .navlinks .forumlink:last-of-type || a.nav:last-of-type",
		"post": "div.post[id^=p]", "post-id": "@id ~ (\\d+)",
		"author": ".postprofile .username || .postprofile .username-coloured || .author .username || .author .username-coloured || .author strong || .postprofile dt", "author-link": ".postprofile a.username @href || .postprofile a.username-coloured @href || .author a[href*=viewprofile] @href",
		"time": ".author time @datetime || .author ~ » (.*)$ || .author ~ (?:on|am|am:|il) (.*\\d{4}.*)$", "body": ".content",
		"quote": "blockquote", "quote-author": "cite a || cite ~ ^(.*?) (?:wrote|hat|ha scritto|a écrit|escribió|schrieb)", "quote-post": "cite a[data-post-id] @data-post-id || cite a @href ~ #p(\\d+)",
		"drop": ".signature, .notice, .attachbox, cite, .codebox > p, script, style",
	}
}

func smf() map[string]string {
	return map[string]string{
		"board": "#boardindex_table tr.windowbg2, #boardindex_table tr.windowbg || .up_contain[id^=board_] || a.subject[name^=b]", "board-link": "a.subject @href || a.mobile_subject @href || @href", "board-mark": ".stats || .board_stats",
		"topic": "#topic_container > div || #messageindex tr:has(td.subject)", "topic-link": ".message_index_title a @href || .subject span[id^=msg_] a @href || .subject a @href",
		"topic-mark": ".board_stats p ~ (\\d+) || td.stats ~ (\\d+)", "topic-last": ".lastpost ~ (.*?\\d\\d:\\d\\d(?::\\d\\d)?(?: [AaPp][Mm])?)",
		"next":  "a.nav_page:has(.next_page) @href || .pagelinks strong + a.navPages @href || link[rel=next] @href",
		"title": ".display_title || #forumposts h3 ~ : (.*) \\( || h1 || h5", "place": ".navigate_section li:nth-last-child(2) a",
		"post": ".post_wrapper", "post-id": ".inner[id^=msg_] @id ~ (\\d+) || [id^=subject_] @id ~ (\\d+)",
		"author": ".poster h4 a:last-of-type || .poster h4", "author-link": ".poster h4 a[href*='action=profile'] @href",
		"time": ".postinfo a.smalltext @title || .postinfo .smalltext || .keyinfo .smalltext ~ (?:on|am|il|le|el): (.*?)\\s*»? *$ || .keyinfo .smalltext", "body": ".inner",
		"quote": "blockquote.bbc_standard_quote, blockquote.bbc_alternate_quote", "quote-author": "cite ~ (?:Quote from|Zitat von|Citazione di|Citation de|Cita de): (.*?) (?:on|am|il|le|en) ", "quote-post": "cite a @href ~ msg(\\d+)",
		"drop": ".signature, .modified, .attachments, .quotefooter, cite, .codeheader, script, style",
	}
}

func vbulletin() map[string]string {
	return map[string]string{
		"board": "li.forumbit_post .forumtitle a || a[href*='forumdisplay.php'] strong", "board-link": "@href",
		"topic": "li.threadbit || tr:has(a[id^=thread_title_])", "topic-link": "a[id^=thread_title_] @href || a.title @href",
		"topic-mark": ".threadstats li:first-child || a[href*=whoposted]", "topic-last": ".threadlastpost dd:last-child || td[title*=Repl] .smallfont ~ ^(\\S+ \\d+:\\d+ [AP]M)",
		"next":  "a[rel=next] @href || .pagination .prev_next a[rel=next] @href",
		"title": ".threadtitle || td.navbar strong", "place": "#breadcrumb li.navbit:nth-last-child(2) || .navbar a:last-of-type",
		"post": "li.postbit, li.postbitlegacy, li.postcontainer || table[id^=post] || .b-post[data-node-id]", "post-id": "@id ~ (\\d+) || @data-node-id",
		"author": ".username || a.bigusername || div[id^=postmenu_] || .author", "author-link": "a.username @href || a.bigusername @href || .author a @href",
		"time": ".postdate .date || .b-post__timestamp time @datetime || td.thead ~ (\\S+ ?\\S* ?\\S*,? \\d+:\\d+(?: [AP]M)?) || .postdate", "body": ".postcontent || div[id^=post_message_] || .js-post__content-text",
		"quote": ".bbcode_quote || .bbcode_container", "quote-author": ".bbcode_postedby strong || td.alt2 div strong", "quote-post": ".bbcode_postedby a @href ~ (?:post|p=)(\\d+) || td.alt2 a[href*='#post'] @href ~ #post(\\d+)",
		"drop": ".signature, .after_content, .attachments, .bbcode_postedby, .bbcode_description, script, style",
	}
}

func xenforo() map[string]string {
	return map[string]string{
		"board": ".node--forum || li.node.forum", "board-link": ".node-title a @href || .nodeTitle a @href", "board-mark": ".node-statsMeta || .node-stats || .nodeStats",
		"topic": ".structItem--thread || li.discussionListItem", "topic-link": ".structItem-title a[data-tp-primary] @href || .structItem-title a:last-of-type @href || a.PreviewTooltip @href",
		"topic-mark": ".structItem-cell--meta dl:first-of-type dd || .stats .major dd", "topic-last": ".structItem-latestDate @data-time || .structItem-latestDate @datetime || .lastPostInfo .DateTime @data-time || .lastPostInfo .DateTime",
		"next":  "a.pageNav-jump--next @href || link[rel=next] @href || .PageNav a.text:last-of-type @href ~ (.*page-.*)",
		"title": "h1.p-title-value || .titleBar h1", "place": ".p-breadcrumbs li:last-child a || .breadcrumb .crust:last-of-type a",
		"post": "article.message--post || article.message[data-content^=post-] || li.message[id^=post-]", "post-id": "@data-content ~ (\\d+) || @id ~ (\\d+)",
		"author": "@data-author || .message-name .username || .userText .username", "author-link": ".message-name a.username @href || .userText a.username @href",
		"time": ".message-attribution-main time @datetime || .message-attribution time @datetime || .messageMeta .DateTime @data-time || .messageMeta .DateTime @title || time.u-dt @datetime", "body": ".message-body .bbWrapper || .messageContent .messageText || .messageText",
		"quote": "blockquote.bbCodeBlock--quote || .bbCodeQuote", "quote-author": "@data-quote || @data-author || .attribution ~ ^(.*?) (?:said|schrieb|hat|ha scritto|a dit)|.*", "quote-post": "@data-source ~ post: (\\d+) || .bbCodeBlock-sourceJump @href ~ (?:post-|id=)(\\d+) || a.AttributionLink @href ~ (?:post-|id=)(\\d+)",
		"drop": ".message-signature, .message-lastEdit, .message-attachments, .bbCodeBlock-title, .bbCodeBlock-expandLink, .attribution, .quoteExpand, script, style",
	}
}

func nodebb() map[string]string {
	return map[string]string{
		"board": "[component='categories/category']", "board-link": "h2 a @href || a[itemprop=url] @href || a @href", "board-mark": "[component='category/topic-count'] || .stats",
		"topic": "[component='category/topic']", "topic-link": "[component='topic/header'] a @href || h3 a @href || h2.title a @href",
		"topic-mark": ".stats-postcount || .stats", "topic-last": "[component='topic/teaser'] .timeago @title || .timeago @title",
		"next":  "link[rel=next] @href || li.next a[data-page] @href",
		"title": "[component='topic/title'] || h1 || meta[property='og:title'] @content", "place": ".breadcrumb-item:nth-last-child(2) || .breadcrumb li:nth-last-child(2)",
		"post": "[component=post][data-pid]", "post-id": "@data-pid",
		"author": "@data-username || [itemprop=author] || [data-username] @data-username", "author-link": "a[href*='/user/'] @href",
		"time": "[itemprop=datePublished] @content || .timeago @title || @data-timestamp", "body": "[component='post/content']",
		"quote": "blockquote", "quote-author": "", "quote-post": "", "reply-to": "[component='post/parent'] @data-topid || [component='post/parent'] @data-parent-pid",
		"drop": ".signature, [component='post/signature'], script, style",
	}
}

// Fossil gives a post a new id at every edit and says which one it had before.
func fossil() map[string]string {
	return map[string]string{
		"topic": ".forumPosts tr", "topic-link": "a[href*='/forumpost/'] @href", "topic-mark": "td:nth-child(3)", "next": ".forumPosts tr:last-child a[href*='/forum?'] @href ~ (.*[?&]x=\\d+.*)",
		"title": ".content h1", "post": "div.forumTime, div.forumHier, div.forumHierRoot", "post-id": "h3 a[href$='?raw'] @href ~ /forumpost/([0-9a-f]{10})",
		"post-was": "h3 a[href$='?hist'] @href ~ /forumpost/([0-9a-f]{10})", "post-number": "h3 ~ ^\\((\\d+)", "author": "h3 a[href*='/timeline?'] || h3 ~ By (\\S+)",
		"time": "h3 ~ on (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(?::\\d\\d)?)", "body": ".forumPostBody || h3 + i", "quote": "blockquote", "reply-to": "h3 ~ in reply to (\\d+)", "drop": "script, style, form",
	}
}

// phpbbArchive reads the static pages into which closed phpBB forums are turned: a heading a post.
func phpbbArchive() map[string]string {
	return map[string]string{
		"board": "a.category-name", "board-link": "@href",
		"topic": "tr:has(td a[href*='thread/'])", "topic-link": "td a @href", "topic-mark": "td:nth-child(3)",
		"title": "h2 ~ > (.*)$", "place": "h2 ~ ^(.*?) > ",
		"post": "div.post:has(h4)", "post-id": "h4 ~ ^#(\\d+) - ", "author": "h4 ~ ^#\\d+ - (.*) - \\w+ \\w+ \\d+, \\d{4}",
		"time": "h4 ~ - (\\w+ \\w+ \\d+, \\d{4} \\d+:\\d+ [ap]m)$", "body": "div.postbody",
		"quote": "table:has(td.quote)", "quote-author": ".genmed b ~ ^(.*) wrote:", "drop": ".gensmall, .signature, .notice, .attachbox, cite, .codebox > p, script, style",
	}
}

// smfArchive reads the same of SMF.
func smfArchive() map[string]string {
	return map[string]string{
		"board": ".board-list li", "board-link": "a @href", "board-mark": ".meta",
		"topic": ".topic-list li", "topic-link": "a @href", "topic-mark": ".meta ~ (\\d+) replies",
		"title": "h1", "place": ".breadcrumbs a:last-of-type",
		"post": "article.post", "post-id": "@id ~ msg(\\d+)", "author": ".post-author", "time": ".post-date", "body": ".post-body",
		"quote": "blockquote.quote", "quote-author": "cite ~ author=(.*?) link= || cite ~ ^(.*?) wrote:", "quote-post": "cite ~ #msg(\\d+)",
		"drop": ".attachments, cite, script, style",
	}
}
