"""Reference values for org.vidvec.metrics and org.vidvec.charts, by well-known libraries.

    python -m venv venv && venv/bin/pip install -r src/test/metrics/requirements.txt
    venv/bin/python src/test/metrics/make.py src/test/resources/metrics

Rankings: ranx. Medians: numpy. Moments: QVHighlights' evaluation as its paper and script define it, written here from
that definition with numpy. t-SNE: scikit-learn's exact method, perplexity 30, started from the same PCA.
"""
import json
import sys

import numpy as np
from ranx import Qrels, Run, evaluate
from sklearn.datasets import make_blobs
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

OUT = sys.argv[1]
rng = np.random.default_rng(7)


def rankings():
    sets = []
    for queries, candidates, most in ((12, 30, 1), (20, 25, 6), (5, 4, 4)):
        scores = rng.permutation(queries * candidates).reshape(queries, candidates) / 1000.0
        relevant = []
        for _ in range(queries):
            places = rng.choice(candidates, rng.integers(1, most + 1), replace=False)
            relevant.append({int(p): int(rng.integers(1, 4)) if most > 1 else 1 for p in places})
        sets.append({"scores": scores.tolist(), "relevant": relevant, "expected": ranx(scores, relevant)})
    return sets


def ranx(scores, relevant):
    qrels = Qrels({f"q{i}": {f"d{p}": g for p, g in r.items()} for i, r in enumerate(relevant)})
    run = Run({f"q{i}": {f"d{p}": float(s) for p, s in enumerate(row)} for i, row in enumerate(scores)})
    names = {"mrr": "mrr", "map": "map"}
    for k in (1, 5, 10):
        names |= {f"hit_rate@{k}": f"recall@{k}", f"recall@{k}": f"recall_of_all@{k}", f"precision@{k}": f"precision@{k}",
                  f"f1@{k}": f"f1@{k}", f"map@{k}": f"map@{k}", f"mrr@{k}": f"mrr@{k}", f"ndcg@{k}": f"ndcg_linear@{k}",
                  f"ndcg_burges@{k}": f"ndcg_exponential@{k}"}
    values = evaluate(qrels, run, list(names), make_comparable=False)
    expected = {names[name]: float(value) for name, value in values.items()}
    if scores.shape[1] < 10:
        # ranx divides by the shorter ranking, trec_eval and this project by k
        expected = {n: v for n, v in expected.items() if not n.startswith(("precision", "f1")) or n.endswith("@1")}
    ranks = []
    for row, r in zip(scores, relevant):
        order = np.argsort(-row)
        ranks.append(1 + min(int(np.where(order == p)[0][0]) for p in r))
    return expected | {"median_rank": float(np.median(ranks)), "mean_rank": float(np.mean(ranks))}


def iou(a, b):
    shared = max(0.0, min(a[1], b[1]) - max(a[0], b[0]))
    return shared / ((a[1] - a[0]) + (b[1] - b[0]) - shared)


def average_precision(found, wanted, threshold):
    """PASCAL VOC's: answers by score; each takes the free wanted span that it overlaps most, if by the threshold."""
    found = sorted(found, key=lambda f: -f[2])[:10]
    taken, hits = set(), []
    for f in found:
        overlaps = np.array([iou(f, w) for w in wanted])
        hit = False
        for j in overlaps.argsort(kind="stable")[::-1]:
            if overlaps[j] < threshold:
                break
            if j not in taken:
                taken.add(j)
                hit = True
                break
        hits.append(hit)
    true = np.cumsum(hits)
    precision = np.hstack([[0], true / np.arange(1, len(hits) + 1), [0]])
    recall = np.hstack([[0], true / len(wanted), [1]])
    for i in range(len(precision) - 2, -1, -1):
        precision[i] = max(precision[i], precision[i + 1])
    steps = np.where(recall[1:] != recall[:-1])[0] + 1
    return float(np.sum((recall[steps] - recall[steps - 1]) * precision[steps]))


def moments():
    queries = []
    for _ in range(40):
        wanted = []
        for _ in range(rng.integers(1, 4)):
            start = float(rng.integers(0, 60)) * 2
            wanted.append([start, start + 2.0 * float(rng.integers(1, 12))])
        found = []
        for i in range(rng.integers(1, 15)):
            base = wanted[rng.integers(0, len(wanted))]
            start = max(0.0, base[0] + float(rng.integers(-8, 9)))
            found.append([start, start + max(1.0, base[1] - base[0] + float(rng.integers(-8, 9))), float(rng.random())])
        queries.append({"found": found, "wanted": wanted})
    best = []
    for q in queries:
        top = max(q["found"], key=lambda f: f[2])
        best.append(max(iou(top, w) for w in q["wanted"]))
    best = np.array(best)
    expected = {f"r1@{t}": float(np.mean(best >= t)) for t in (0.3, 0.5, 0.7)}
    expected["miou"] = float(best.mean())
    thresholds = [float(f"{t:.2f}") for t in np.linspace(0.5, 0.95, 10)]
    maps = {f"map@{t:.2f}": float(np.mean([average_precision(q["found"], q["wanted"], t) for q in queries]))
            for t in thresholds}
    expected |= maps
    expected["map"] = float(np.mean(list(maps.values())))
    return {"queries": queries, "expected": expected}


def tsne():
    points, labels = make_blobs(n_samples=160, n_features=8, centers=5, cluster_std=1.5, random_state=3)
    points = np.round(points, 4)
    pca = PCA(2, svd_solver="full").fit_transform(points)
    start = pca / np.std(pca[:, 0]) * 1e-4
    fit = TSNE(perplexity=30, init=start, method="exact", learning_rate="auto", max_iter=1000, random_state=0)
    embedding = fit.fit_transform(points)
    return {"points": points.tolist(), "labels": labels.tolist(), "kl_divergence": float(fit.kl_divergence_),
            "pca": pca.tolist(), "explained_deviation": [float(s) for s in np.std(pca, axis=0)],
            "trustworthiness": float(trustworthiness(points, embedding, n_neighbors=10))}


json.dump({"rankings": rankings(), "moments": moments()}, open(OUT + "/measures.json", "w"))
json.dump(tsne(), open(OUT + "/tsne.json", "w"))
