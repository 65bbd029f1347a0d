"""Writes what prometheus_client's parser reads in each BODY.prom.gz here to BODY.json.gz: [name, labels, value] per sample.

Run: pip install prometheus_client && python3 make_expected.py
"""
import gzip
import json
import pathlib

from prometheus_client.parser import text_string_to_metric_families

here = pathlib.Path(__file__).parent
for body in sorted(here.glob("*.prom.gz")):
    families = text_string_to_metric_families(gzip.decompress(body.read_bytes()).decode())
    samples = [[s.name, s.labels, s.value] for family in families for s in family.samples]
    text = json.dumps(samples, separators=(",", ":"), sort_keys=True)
    target = here / (body.name.removesuffix(".prom.gz") + ".json.gz")
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
    print(target.name, len(samples), "samples")
