"""The demo's requests through elasticsearch-py 9.x: python demo.py NODE PROJECT CLIP..."""

import base64
import json
import pathlib
import sys

import elasticsearch
from elasticsearch import Elasticsearch, helpers

node, project, *clips = sys.argv[1:]
demo = pathlib.Path(project) / "src" / "main" / "demo"


def request(name):
    return json.loads((demo / "requests" / f"{name}.json").read_text(encoding="utf-8"))


def documents():
    for clip in clips:
        video = base64.b64encode((demo / "clips" / clip).read_bytes()).decode("ascii")
        yield {"_index": "videos", "_id": clip, "title": clip, "video": video}


def scores(response):
    return {hit["_id"]: hit["_score"] for hit in response["hits"]["hits"]}


with Elasticsearch(node, request_timeout=120) as client:
    client.ingest.put_pipeline(id="videos", **request("pipeline"))
    client.indices.create(index="videos", **request("index"))
    ingested, _ = helpers.bulk(client, documents(), refresh=True)
    knn = client.search(index="videos", **request("search"))
    reranked = client.search(index="videos", **request("rescore"))
    try:
        body = request("rescore")
        body["rescore"]["vidvec"]["model_id"] = "nosuch"
        client.search(index="videos", **body)
        missing = None
    except elasticsearch.NotFoundError as e:
        missing = e.body["error"]["type"]

print(
    json.dumps(
        {
            "version": elasticsearch.__versionstr__,
            "ingested": ingested,
            "knn": scores(knn),
            "reranked": scores(reranked),
            "missing": missing,
        }
    )
)
