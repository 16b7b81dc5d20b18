/* Leiden of igraph on `u v weight` lines: modularity, CPU seconds and peak bytes of the algorithm;
   the group of each node goes to a second file. */
#include <igraph.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double peak(void) {
	char line[256];
	long kb = 0;
	FILE *f = fopen("/proc/self/status", "r");
	while (f && fgets(line, sizeof line, f))
		sscanf(line, "VmHWM: %ld", &kb);
	if (f) fclose(f);
	return kb * 1024.0;
}

int main(int argc, char **argv) {
	igraph_vector_int_t edges, groups;
	igraph_vector_t weights, strength;
	igraph_t g;
	igraph_integer_t count;
	igraph_real_t quality, modularity;
	double w, total = 0;
	long u, v;
	FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;
	if (!f) return 1;
	igraph_vector_int_init(&edges, 0);
	igraph_vector_int_init(&groups, 0);
	igraph_vector_init(&weights, 0);
	igraph_vector_init(&strength, 0);
	while (fscanf(f, "%ld %ld %lf", &u, &v, &w) == 3) {
		igraph_vector_int_push_back(&edges, u);
		igraph_vector_int_push_back(&edges, v);
		igraph_vector_push_back(&weights, w);
		total += w;
	}
	fclose(f);
	igraph_create(&g, &edges, 0, IGRAPH_UNDIRECTED);
	igraph_vector_int_destroy(&edges);
	igraph_rng_seed(igraph_rng_default(), 1);
	if ((f = fopen("/proc/self/clear_refs", "w"))) { fputs("5", f); fclose(f); }
	clock_t start = clock();
	igraph_strength(&g, &strength, igraph_vss_all(), IGRAPH_ALL, IGRAPH_LOOPS, &weights);
	igraph_community_leiden(&g, &weights, &strength, 1 / (2 * total), 0.01, 0, 2, &groups, &count, &quality);
	double cpu = (double)(clock() - start) / CLOCKS_PER_SEC, most = peak();
	igraph_modularity(&g, &groups, &weights, 1, IGRAPH_UNDIRECTED, &modularity);
	if (argc > 2 && (f = fopen(argv[2], "w"))) {
		for (long i = 0; i < igraph_vector_int_size(&groups); i++) fprintf(f, "%ld\n", (long)VECTOR(groups)[i]);
		fclose(f);
	}
	printf("%f %f %.0f\n", modularity, cpu, most);
	return 0;
}
