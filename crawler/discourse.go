package crawler

// Kind discourse reads a Discourse forum as a visitor sees it. A read goes up through the post
// ids, so that a reply is read after what it answers and one number says how far the read came.
//
// Endpoints, all below the source's URL, all answers JSON:
//
//	/robots.txt                        any answer; read at most once a day
//	/site.json                         once a day; 4xx is fine (then Place is the category's number)
//	/posts.json                        the newest posts: only to learn the highest id, or as the last page
//	/posts.json?before=N               posts with an id in (N-50, N], any order; empty is fine
//	/t/ID.json                         only where an answer's parent is not known from earlier pages, where a
//	                                   known post is missing from a page, and for a topic whose first post is unknown
//	/t/ID/posts.json?post_ids[]=A&…    posts of a topic that /t/ID.json lists but does not show
//
// Fields:
//
//	/site.json       categories[]{id, name}
//	/posts.json      latest_posts[]: a post with topic_title and category_id
//	/t/ID.json       id, title, slug, category_id, post_stream{posts[], stream[]}: stream lists every post id in order
//	/t/ID/posts.json post_stream{posts[]}
//	a post           id, topic_id, topic_slug, topic_title, category_id, post_number, post_type (1: by a person),
//	                 reply_to_post_number, username, name, created_at, cooked, score, reads,
//	                 deleted_at, user_deleted, hidden
//
// A post that is gone: deleted_at or user_deleted set, hidden, a body that is a placeholder, missing
// from /posts.json and from its topic's stream, or in a topic that answers 404 or 410 in two runs. Edits show when
// a page is read again: the newest 50 ids at every run, and once a day all posts that were
// younger than a week at the reading before.
