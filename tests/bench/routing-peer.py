"""Pairs of nodes at the least sum by networkx. Reads {count, cost} from standard input, prints one JSON object."""
import json
import sys
import time

import networkx

task = json.load(sys.stdin)
count, cost = task['count'], task['cost']
graph = networkx.Graph()
for a in range(count):
    for b in range(a + 1, count):
        graph.add_edge(a, b, weight=-cost[a * count + b])
begun = time.process_time()
pairs = networkx.max_weight_matching(graph, maxcardinality=True)
ms = 1000 * (time.process_time() - begun)
print(json.dumps({'by': f'networkx {networkx.__version__}', 'sum': sum(cost[a * count + b] for a, b in pairs), 'ms': ms}))
