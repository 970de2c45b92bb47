"""The same figures by numpy, scipy and, where it is installed, libpysal. Reads a folder, prints one JSON object."""
import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy.signal import fftconvolve
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

try:
    import warnings

    warnings.simplefilter('ignore')
    from libpysal.weights import DistanceBand
except ImportError:
    DistanceBand = None

folder = Path(sys.argv[1])
task = json.loads((folder / 'task.json').read_text())
read = lambda name: np.fromfile(folder / name, dtype='<f8')
centre = read('centre').reshape(-1, 2)
y = read('counts')
points = read('points').reshape(-1, 2)
n = len(y)
ms = {}


def timed(name, work):
    begun = time.perf_counter()
    result = work()
    ms[name] = 1000 * (time.perf_counter() - begun)
    return result


def band():
    if DistanceBand is not None:
        return DistanceBand(centre, threshold=task['reachM'] * (1 + 1e-9), binary=True, silence_warnings=True).sparse.tocsr()
    pairs = cKDTree(centre).query_pairs(task['reachM'] * (1 + 1e-9), output_type='ndarray')
    both = np.vstack([pairs, pairs[:, ::-1]])
    return csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(n, n))


def gi_star(w):
    k = np.asarray(w.sum(axis=1)).ravel() + 1
    found = w @ y + y
    mean, spread = y.mean(), y.var()
    return (found - k * mean) / np.sqrt(spread * k * (n - k) / (n - 1))


def permute(w):
    """Conditional permutations as in PySAL: one set of draws of places, of which each place takes as many as it has neighbours."""
    random = np.random.default_rng(1)
    degree = np.diff(w.indptr)
    found = w @ y
    draws = np.array([random.permutation(n - 1)[: degree.max()] for _ in range(task['permutations'])])
    p = np.empty(n)
    side = np.empty(n)
    for i in range(n):
        chosen = draws[:, : degree[i]]
        sums = y[chosen + (chosen >= i)].sum(axis=1)
        high, low = (sums >= found[i]).sum(), (sums <= found[i]).sum()
        p[i] = min(1, 2 * (min(high, low) + 1) / (task['permutations'] + 1))
        side[i] = np.sign(low - high)
    return p, side


def adjust(p):
    order = np.argsort(p, kind='stable')
    q = np.minimum.accumulate((p[order] * n / np.arange(1, n + 1))[::-1])[::-1]
    adjusted = np.empty(n)
    adjusted[order] = np.minimum(q, 1)
    return adjusted


def density():
    r = task['raster']
    cells = np.rint(points / r['pixelM']).astype(int) - np.rint(np.array([r['originXM'], r['originYM']]) / r['pixelM']).astype(int)
    held = np.zeros((r['height'], r['width']))
    np.add.at(held, (cells[:, 1], cells[:, 0]), 1)
    reach = int(np.ceil(task['kernelM'] / r['pixelM']))
    steps = np.arange(-reach, reach + 1) * r['pixelM'] / task['kernelM']
    stamp = np.clip(1 - steps[:, None] ** 2 - steps[None, :] ** 2, 0, None) ** 2
    return fftconvolve(held, stamp / stamp.sum(), mode='same') * 10000 / r['pixelM'] ** 2


w = timed('neighbours', band)
z = timed('z', lambda: gi_star(w))
p, side = timed('permutations', lambda: permute(w))
q = timed('correction', lambda: adjust(p))
raster = timed('density', density)
for name, values in (('z', z), ('p', p), ('side', side), ('q', q), ('density', raster.ravel())):
    np.ascontiguousarray(values, dtype='<f8').tofile(folder / f'{name}.out')
print(json.dumps({'by': ('libpysal, ' if DistanceBand is not None else '') + 'numpy, scipy', 'neighbours': int(w.nnz), 'ms': ms}))
