"""The main job through the official Python client. usage: client.py NODE_URI DEMO_FOLDER ; prints one JSON object."""

import base64
import json
import pathlib
import sys

from elasticsearch import Elasticsearch, helpers

uri, demo = sys.argv[1], pathlib.Path(sys.argv[2])
index = "python-client"


def request(name):
    return json.loads((demo / "requests" / f"{name}.json").read_text())


def clips():
    for clip in json.loads((demo / "clips" / "clips.json").read_text())["clips"][:3]:
        video = base64.b64encode((demo / "clips" / clip["file"]).read_bytes()).decode()
        yield {"_index": index, "_id": clip["id"], "title": clip["title"], "video": video}


with Elasticsearch(uri, request_timeout=300) as client:
    client.ingest.put_pipeline(id=index, **request("pipeline"))
    body = request("index")
    body["settings"]["index.default_pipeline"] = index
    client.indices.create(index=index, **body)
    ingested, errors = helpers.bulk(client, clips(), refresh=True)
    knn = client.search(index=index, **request("search"))
    reranked = client.search(index=index, **request("rescore"))
    client.indices.delete(index=index)

print(
    json.dumps(
        {
            "ingested": ingested,
            "errors": errors,
            "knn": [hit["_id"] for hit in knn["hits"]["hits"]],
            "reranked": [[hit["_id"], hit["_score"]] for hit in reranked["hits"]["hits"]],
        }
    )
)
