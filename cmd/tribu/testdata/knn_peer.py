"""hnswlib on a file of float32 rows: recall against the exact answer of every 500th row, and CPU seconds."""
import sys
import time

import hnswlib
import numpy as np

cols, k = int(sys.argv[2]), int(sys.argv[3])
rows = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, cols)
start = time.process_time()
index = hnswlib.Index(space="ip", dim=cols)
index.init_index(max_elements=len(rows), ef_construction=100, M=16, random_seed=1)
index.set_num_threads(1)
index.add_items(rows)
index.set_ef(60)
found, _ = index.knn_query(rows, k=k + 1)
cpu = time.process_time() - start
hits = total = 0
for q in range(0, len(rows), 500):
    near = rows @ rows[q]
    near[q] = -2
    best = set(np.argpartition(-near, k)[:k].tolist())
    hits, total = hits + len(best & set(found[q].tolist())), total + k
print("%f %f 0" % (hits / total, cpu))
