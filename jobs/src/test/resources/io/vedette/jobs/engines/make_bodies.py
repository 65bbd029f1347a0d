"""Makes the bodies of /metrics that no public recording exists of, by running the engines' own metric code.

    python3 -m venv venv && venv/bin/pip install prometheus_client==0.26.0 numpy regex pydantic
    venv/bin/python make_bodies.py SOURCES OUT

SOURCES holds vLLM's source releases, unpacked: vllm-0.6.3.post1, vllm-0.8.5, … (see README.md for all of them). What vLLM's loggers import
besides their own package is replaced by stand-ins, then the real PrometheusStatLogger is given the same few steps of an engine at work. None of
that code is kept here; what it prints is. Flavours that are no Python (Rust front end, Triton, simulator) are the same series in those
programs' formats, names and buckets, as their sources have them.
"""

import ast
import enum
import glob
import gzip
import importlib
import importlib.abc
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
import types

STARTED = 1785000000.0
MODEL = "glm-4.7-flash"
MAX_MODEL_LEN = 8192

REAL = (
    "vllm.v1.metrics",
    "vllm.v1.spec_decode.metrics",
    "vllm.engine.metrics",
    "vllm.engine.metrics_types",
)
STAND_INS = ("vllm", "torch", "ray")


class Anything:
    """Stands in for what has nothing to do with metrics: can be called, subclassed and asked for anything."""

    def __init__(self, *args, **kwargs):
        pass

    def __init_subclass__(cls, **kwargs):
        pass

    def __class_getitem__(cls, item):
        return cls

    def __getattr__(self, name):
        return lambda *args, **kwargs: None


class StandIn(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (Anything,), {})


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the real metric modules in a source release, and stand-ins for everything around them."""

    def __init__(self, source, overrides):
        self.source = source
        self.overrides = overrides

    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in STAND_INS:
            return None
        file = os.path.join(self.source, *name.split("."))
        if name.startswith(REAL) and os.path.exists(file + ".py"):
            return importlib.util.spec_from_file_location(name, file + ".py")
        spec = importlib.util.spec_from_loader(name, self, is_package=True)
        return spec

    def create_module(self, spec):
        module = StandIn(spec.name)
        module.__path__ = []
        for name, value in self.overrides.get(spec.name, {}).items():
            setattr(module, name, value)
        return module

    def exec_module(self, module):
        pass


class Config:
    """Settings of an engine: what is not named is None."""

    def __init__(self, **settings):
        self.__dict__.update(settings)

    def __getattr__(self, name):
        return None

    def metrics_info(self):
        return {key: str(value) for key, value in self.__dict__.items()}


def finish_reason(source):
    """vLLM's own enum of finish reasons, taken out of a module that imports too much."""
    path = os.path.join(source, "vllm", "v1", "engine", "__init__.py")
    if not os.path.exists(path):
        return None
    with open(path) as file:
        tree = ast.parse(file.read())
    wanted = [
        node
        for node in tree.body
        if (isinstance(node, ast.ClassDef) and node.name == "FinishReason")
        or (isinstance(node, ast.Assign) and node.targets[0].id == "FINISH_REASON_STRINGS")
    ]
    names = {"enum": enum}
    exec(compile(ast.Module(wanted, []), path, "exec"), names)
    return names.get("FinishReason")


def config(options):
    return Config(
        model_config=Config(
            served_model_name=MODEL, max_model_len=MAX_MODEL_LEN, enforce_eager=True, is_diffusion=False
        ),
        observability_config=Config(show_hidden_metrics="hidden" in options),
        cache_config=Config(block_size=16, num_gpu_blocks=1024, gpu_memory_utilization=0.9, cache_dtype="auto"),
        compilation_config=Config(capture_sizes=[1, 2, 4, 8]),
        speculative_config=Config(num_speculative_tokens=2) if "speculative" in options else None,
        parallel_config=Config(data_parallel_rank=0),
    )


REQUESTS = [  # finish reason, prompt, generated, queued, prefill, decode
    ("stop", 120, 24, 0.02, 0.11, 0.52),
    ("stop", 340, 40, 0.41, 0.27, 1.12),
    ("length", 900, 64, 0.93, 0.61, 2.35),
    ("stop", 4200, 48, 1.70, 2.90, 1.90),
    ("abort", 64, 3, 0.01, 0.06, 0.09),
    ("error", 210, 8, 0.05, 0.10, 0.20),
    ("repetition", 75, 64, 0.03, 0.05, 1.30),
]


def filled(made, **values):
    """Sets those values that the release at hand knows."""
    for name, value in values.items():
        if hasattr(made, name) or name in getattr(made, "__dict__", {}):
            try:
                setattr(made, name, value)
            except AttributeError:
                pass
    return made


def record_v1(logger, stats, reasons, options, engine, aggregate):
    scheduler = filled(
        stats.SchedulerStats(),
        num_running_reqs=3,
        num_waiting_reqs=2,
        kv_cache_usage=0.4375,
        gpu_cache_usage=0.4375,
        prefix_cache_stats=stats.PrefixCacheStats(requests=7, queries=5834, hits=1600),
    )
    if "connector" in options:
        scheduler.connector_prefix_cache_stats = stats.PrefixCacheStats(requests=7, queries=4234, hits=1024)
    if "speculative" in options:
        from vllm.v1.spec_decode.metrics import SpecDecodingStats

        drafts = SpecDecodingStats.new(2)
        for accepted in (2, 1, 0, 2):
            drafts.observe_draft(2, accepted)
        scheduler.spec_decoding_stats = drafts
    iteration = filled(
        stats.IterationStats(),
        num_generation_tokens=sum(r[2] for r in REQUESTS),
        num_prompt_tokens=sum(r[1] for r in REQUESTS),
        num_preempted_reqs=2,
        max_num_generation_tokens_iter=[r[2] for r in REQUESTS],
        n_params_iter=[1] * len(REQUESTS),
        time_to_first_tokens_iter=[r[3] + r[4] for r in REQUESTS],
        inter_token_latencies_iter=[r[5] / (r[2] - 1) for r in REQUESTS],
        time_per_output_tokens_iter=[r[5] / (r[2] - 1) for r in REQUESTS],
    )
    if hasattr(iteration, "prompt_token_stats"):
        iteration.prompt_token_stats = stats.PromptTokenStats(
            computed=4309, local_cache_hit=1600, cached_tokens=1600, total=5909
        )
    iteration.finished_requests = [
        filled(
            stats.FinishedRequestStats(finish_reason=reasons[reason.upper()]),
            e2e_latency=queued + prefill + decode,
            num_prompt_tokens=prompt,
            num_generation_tokens=generated,
            max_tokens_param=64,
            queued_time=queued,
            prefill_time=prefill,
            inference_time=prefill + decode,
            decode_time=decode,
            mean_time_per_output_token=decode / (generated - 1),
            num_cached_tokens=32,
        )
        for reason, prompt, generated, queued, prefill, decode in REQUESTS
        if reason.upper() in reasons.__members__
    ]
    if aggregate:
        logger.record(scheduler, iteration, engine_idx=engine)
    else:
        logger.record(scheduler, iteration)


def run_v1(source, options):
    import inspect

    loggers = importlib.import_module("vllm.v1.metrics.loggers")
    stats = importlib.import_module("vllm.v1.metrics.stats")
    kind = loggers.PrometheusStatLogger
    if "ray" in options:
        kind = importlib.import_module("vllm.v1.metrics.ray_wrappers").RayPrometheusStatLogger
    engines = [0, 1] if "dp2" in options else [0]
    settings = config(options)
    parameters = inspect.signature(kind.__init__).parameters
    aggregate = "engine_indexes" in parameters
    logger = kind(settings, engines) if aggregate else kind(settings)
    if hasattr(logger, "log_engine_initialized"):
        logger.log_engine_initialized()
    elif hasattr(logger, "info"):
        logger.info("cache_config", settings.cache_config)
    for engine in engines:
        record_v1(logger, stats, finish_reason(source), options, engine, aggregate)
    if hasattr(logger, "record_admission_rejection"):
        logger.record_admission_rejection("max_num_queued_reqs")


def run_v0():
    import dataclasses

    metrics = importlib.import_module("vllm.engine.metrics")
    metrics_types = importlib.import_module("vllm.engine.metrics_types")
    settings = config(())
    try:
        logger = metrics.PrometheusStatLogger(0, {"model_name": MODEL}, settings)
    except TypeError:
        logger = metrics.PrometheusStatLogger(0, {"model_name": MODEL}, MAX_MODEL_LEN)
    reasons = [r for r in REQUESTS if r[0] in ("stop", "length", "abort")]
    values = dict(
        now=STARTED + 60,
        num_running_sys=3,
        num_waiting_sys=2,
        gpu_cache_usage_sys=0.4375,
        num_prompt_tokens_iter=sum(r[1] for r in reasons),
        num_generation_tokens_iter=sum(r[2] for r in reasons),
        num_tokens_iter=16,
        time_to_first_tokens_iter=[r[3] + r[4] for r in reasons],
        time_per_output_tokens_iter=[r[5] / (r[2] - 1) for r in reasons],
        inter_token_latencies_iter=[r[5] / (r[2] - 1) for r in reasons],
        num_preemption_iter=2,
        time_e2e_requests=[sum(r[3:]) for r in reasons],
        time_queue_requests=[r[3] for r in reasons],
        time_inference_requests=[r[4] + r[5] for r in reasons],
        time_prefill_requests=[r[4] for r in reasons],
        time_decode_requests=[r[5] for r in reasons],
        time_in_queue_requests=[r[3] for r in reasons],
        num_prompt_tokens_requests=[r[1] for r in reasons],
        num_generation_tokens_requests=[r[2] for r in reasons],
        n_requests=[1] * len(reasons),
        max_num_generation_tokens_requests=[r[2] for r in reasons],
        max_tokens_requests=[64] * len(reasons),
        finished_reason_requests=[r[0] for r in reasons],
        max_lora="0",
    )
    fields = dataclasses.fields(metrics_types.Stats)
    logger.log(metrics_types.Stats(**{f.name: values.get(f.name, empty(f)) for f in fields}))


def empty(field):
    text = str(field.type)
    return [] if "List" in text else None if "Optional" in text else 0


def http_metrics():
    """What prometheus-fastapi-instrumentator adds to vLLM's registry."""
    from prometheus_client import Counter, Histogram

    requests = Counter("http_requests", "Total number of requests by method, status and handler.", ["handler", "method", "status"])
    for status, count in (("2xx", 7), ("4xx", 2), ("5xx", 1)):
        requests.labels("/v1/chat/completions", "POST", status).inc(count)
    duration = Histogram("http_request_duration_seconds", "Latency with only few buckets by handler.", ["handler", "method"], buckets=(0.1, 0.5, 1))
    for request in REQUESTS:
        duration.labels("/v1/chat/completions", "POST").observe(request[4])


# --- Formats. ---


def python_text(families):
    """As generate_latest of prometheus_client writes it; times of now are set to one that does not change."""
    from prometheus_client import exposition

    class Registry:
        def collect(self):
            return families

    text = exposition.generate_latest(Registry()).decode()
    text = re.sub(r"(?m)^(\S+(?:_created|lora_requests_info)(?:\{[^}]*\})?) \S+$", rf"\1 {STARTED:.1f}", text)
    return text


def process_start():
    return (
        "# HELP process_start_time_seconds Start time of the process since unix epoch in seconds.\n"
        "# TYPE process_start_time_seconds gauge\n"
        f"process_start_time_seconds {STARTED}\n"
    )


def labels_text(labels):
    return "{" + ",".join(f'{name}="{value}"' for name, value in labels) + "}" if labels else ""


def number(value):
    return "+Inf" if value == float("inf") else f"{value:g}" if value != int(value) else str(int(value))


def ordered(families):
    """Families of a registry as (name, type, [(labels, value)] or [(labels, buckets, sum, count)])."""
    for family in families:
        if family.type == "histogram":
            points = {}
            for sample in family.samples:
                labels = {k: v for k, v in sample.labels.items() if k != "le"}
                point = points.setdefault(tuple(labels.items()), {"buckets": []})
                if sample.name.endswith("_bucket"):
                    point["buckets"].append((float(sample.labels["le"]), sample.value))
                elif sample.name.endswith("_sum"):
                    point["sum"] = sample.value
                elif sample.name.endswith("_count"):
                    point["count"] = sample.value
            yield family, [(dict(labels), point) for labels, point in points.items()]
        else:
            yield family, [(s.labels, s.value) for s in family.samples if not s.name.endswith("_created")]


def rust_text(families, source):
    """As the Rust front end of a release writes it: OpenMetrics, its own set of families, integers without a point."""
    names = set()
    for file in glob.glob(os.path.join(source, "rust", "src", "metrics", "src", "*.rs")):
        with open(file) as text:
            names |= set(re.findall(r'register\(\s*"([^"]+)"', text.read()))
    order = ["model_name", "engine", "method", "status", "handler"]

    def of(labels):
        return sorted(labels.items(), key=lambda item: order.index(item[0]) if item[0] in order else 99)

    lines = []
    for family, points in ordered(families):
        if family.name not in names:
            continue
        lines.append(f"# HELP {family.name} {family.documentation}.")
        lines.append(f"# TYPE {family.name} {family.type}")
        for labels, value in points:
            text = of(labels)
            if family.type == "histogram":
                lines.append(f"{family.name}_sum{labels_text(text)} {float(value['sum'])}")
                lines.append(f"{family.name}_count{labels_text(text)} {int(value['count'])}")
                for bound, count in value["buckets"]:
                    le = "+Inf" if bound == float("inf") else str(bound)
                    lines.append(f"{family.name}_bucket{labels_text([('le', le)] + text)} {int(count)}")
            elif family.type == "counter":
                lines.append(f"{family.name}_total{labels_text(text)} {int(value)}")
            else:
                lines.append(f"{family.name}{labels_text(text)} {float(value) if 'perc' in family.name else int(value)}")
    return "\n".join(lines) + "\n# EOF\n"


TRITON_COUNTERS = ("vllm:prompt_tokens", "vllm:generation_tokens", "vllm:num_preemptions")
TRITON_GAUGES = ("vllm:num_requests_running", "vllm:num_requests_waiting", "vllm:gpu_cache_usage_perc")
TRITON_HISTOGRAMS = (
    "vllm:iteration_tokens_total",
    "vllm:time_to_first_token_seconds",
    "vllm:time_per_output_token_seconds",
    "vllm:e2e_request_latency_seconds",
    "vllm:request_queue_time_seconds",
    "vllm:request_inference_time_seconds",
    "vllm:request_prefill_time_seconds",
    "vllm:request_decode_time_seconds",
    "vllm:request_prompt_tokens",
    "vllm:request_generation_tokens",
    "vllm:request_params_n",
)


def triton_text(families):
    """As Triton writes what its vllm backend reports: labels model and version, _count and _sum before the buckets, 1 for 1.0."""
    labels = [("model", "vllm_model"), ("version", "1")]
    lines = []
    for success in ("success", "failure"):
        name = "nv_inference_request_" + success
        lines += [f"# HELP {name} Number of inference requests", f"# TYPE {name} counter", f"{name}{labels_text(labels)} {4 if success == 'success' else 0}"]
    for family, points in ordered(families):
        if family.name not in TRITON_COUNTERS + TRITON_GAUGES + TRITON_HISTOGRAMS:
            continue
        name = family.name + ("_total" if family.type == "counter" else "")
        lines.append(f"# HELP {name} {family.documentation}")
        lines.append(f"# TYPE {name} {family.type}")
        for _, value in points:
            if family.type == "histogram":
                lines.append(f"{name}_count{labels_text(labels)} {number(value['count'])}")
                lines.append(f"{name}_sum{labels_text(labels)} {number(value['sum'])}")
                for bound, count in value["buckets"]:
                    lines.append(f"{name}_bucket{labels_text(labels + [('le', number(bound))])} {number(count)}")
            else:
                lines.append(f"{name}{labels_text(labels)} {number(value)}")
    return "\n".join(lines) + "\n"


SIMULATOR_FAMILIES = (
    "vllm:num_requests_running",
    "vllm:num_requests_waiting",
    "vllm:request_params_max_tokens",
    "vllm:request_prompt_tokens",
    "vllm:prompt_tokens",
    "vllm:request_success",
    "vllm:request_generation_tokens",
    "vllm:generation_tokens",
    "vllm:request_max_num_generation_tokens",
    "vllm:e2e_request_latency_seconds",
    "vllm:request_inference_time_seconds",
    "vllm:request_queue_time_seconds",
    "vllm:request_prefill_time_seconds",
    "vllm:request_decode_time_seconds",
    "vllm:request_time_per_output_token_seconds",
    "vllm:time_to_first_token_seconds",
    "vllm:inter_token_latency_seconds",
    "vllm:kv_cache_usage_perc",
    "vllm:prefix_cache_hits",
    "vllm:prefix_cache_queries",
)


def simulator_text(families):
    """As llm-d-inference-sim writes it: no engine label, finish_reason, le last and 1 for 1.0, families sorted by name."""
    chunks = {}
    for family, points in ordered(families):
        if family.name not in SIMULATOR_FAMILIES:
            continue
        name = family.name.replace("request_max_num_generation", "max_num_generation")
        if family.type == "counter":
            name += "_total"
        for again in [name] + (["vllm:time_per_output_token_seconds"] if "inter_token" in name else []):
            lines = [f"# HELP {again} {family.documentation}", f"# TYPE {again} {family.type}"]
            for labels, value in points:
                kept = sorted((k.replace("finished_", "finish_"), v) for k, v in labels.items() if k != "engine")
                if family.type == "histogram":
                    for bound, count in value["buckets"]:
                        lines.append(f"{again}_bucket{labels_text(kept + [('le', number(bound))])} {number(count)}")
                    lines.append(f"{again}_sum{labels_text(kept)} {number(value['sum'])}")
                    lines.append(f"{again}_count{labels_text(kept)} {number(value['count'])}")
                elif "success" not in name or value > 0:
                    lines.append(f"{again}{labels_text(kept)} {number(value)}")
            chunks[again] = "\n".join(lines) + "\n"
    return "".join(chunks[name] for name in sorted(chunks))


def router_text():
    """The router of vLLM's production stack in front of two engines; names, types and labels as in its metrics_service."""
    lines = []

    def family(name, kind, points):
        lines.append(f"# TYPE {name} {kind}")
        lines.extend(f"{name}{labels_text(labels)} {float(value)}" for labels, value in points)

    servers = ["http://10.0.0.7:8000", "http://10.0.0.8:8000"]
    for name, value in (
        ("num_requests_running", 3),
        ("num_requests_waiting", 2),
        ("gpu_prefix_cache_hit_rate", 0.27),
        ("gpu_prefix_cache_hits_total", 1600),
        ("gpu_prefix_cache_queries_total", 5834),
        ("current_qps", 1.4),
        ("avg_decoding_length", 36),
        ("num_prefill_requests", 1),
        ("num_decoding_requests", 2),
        ("healthy_pods_total", 1),
        ("avg_latency", 1.7),
        ("avg_itl", 0.03),
        ("num_requests_swapped", 0),
    ):
        family("vllm:" + name, "gauge", [([("server", server)], value) for server in servers])
    family("vllm:num_incoming_requests_total", "counter", [([("model", MODEL)], 18)])
    for name, value in (("input_tokens_total", 5909), ("output_tokens_total", 251)):
        family("vllm:" + name, "counter", [([("model", MODEL), ("server", server)], value) for server in servers])
    family(
        "vllm:request_errors_total",
        "counter",
        [([("error_type", "http_500"), ("model", MODEL), ("server", servers[0])], 1)],
    )
    return process_start() + "\n".join(lines) + "\n"


# --- Ray. ---


class RayMetrics(types.ModuleType):
    """ray.util.metrics: remembers what is told to it, per metric and tags."""

    def __init__(self):
        super().__init__("ray.util.metrics")
        self.families = {}
        told = self.families

        class Metric:
            kind = ""

            def __init__(self, name, description="", tag_keys=None, boundaries=None):
                self._tag_keys = tag_keys or ()
                self.points = {}
                self.boundaries = boundaries
                told[name] = self
                self.description = description
                self.defaults = {}

            def set_default_tags(self, tags):
                self.defaults = dict(tags)

            def key(self, tags):
                return tuple(sorted({**self.defaults, **(tags or {})}.items()))

        class Gauge(Metric):
            kind = "gauge"

            def set(self, value, tags=None):
                self.points[self.key(tags)] = float(value)

        class Counter(Metric):
            kind = "counter"

            def inc(self, value=1.0, tags=None):
                self.points[self.key(tags)] = self.points.get(self.key(tags), 0.0) + value

        class Histogram(Metric):
            kind = "histogram"

            def observe(self, value, tags=None):
                self.points.setdefault(self.key(tags), []).append(value)

        self.Metric, self.Gauge, self.Counter, self.Histogram = Metric, Gauge, Counter, Histogram


RAY_WORKERS = (("a9b57a4b29fde6f3f03028f3", "qq7rz5ag"), ("4f384750ccae88afdfd9af1d", "2on12ut3"))


def ray_text(metrics, both_counters):
    """As a node's metrics agent of Ray shows two replicas of a deployment: its own labels, counters as gauges without _total (older agents: both)."""
    lines = []
    for name, metric in metrics.families.items():
        if not metric.points:
            continue
        wire = "ray_" + name
        forms = [(wire, metric.kind)]
        if metric.kind == "counter":
            bare = wire.removesuffix("_total")
            forms = [(bare, "gauge")] + ([(bare + "_total", "counter")] if both_counters else [])
        for form, kind in forms:
            lines.append(f"# HELP {form} {metric.description}")
            lines.append(f"# TYPE {form} {kind}")
            for worker, replica in RAY_WORKERS:
                for tags, value in metric.points.items():
                    labels = [("Component", "core_worker"), ("NodeAddress", "10.0.0.7"), ("WorkerId", worker)]
                    for key, tag in tags:
                        labels.append((key, replica if key == "ReplicaId" else tag))
                    labels = sorted(l for l in labels if l[1] != "")
                    if kind == "histogram":
                        count = 0
                        for bound in list(metric.boundaries) + [float("inf")]:
                            count = sum(1 for v in value if v <= bound)
                            le = "+Inf" if bound == float("inf") else str(float(bound))
                            lines.append(f"{form}_bucket{labels_text(sorted(labels + [('le', le)]))} {float(count)}")
                        lines.append(f"{form}_count{labels_text(labels)} {float(count)}")
                        lines.append(f"{form}_sum{labels_text(labels)} {float(sum(value))}")
                    else:
                        lines.append(f"{form}{labels_text(labels)} {float(value)}")
    return "\n".join(lines) + "\n"


# --- One body a process: prometheus_client's registry is the process'. ---


def body(source, flavour, options):
    if flavour == "router":
        return router_text()
    ray = RayMetrics()

    class Envs(StandIn):
        def __getattr__(self, name):
            return False

    overrides = {
        "vllm": {"envs": Envs("vllm.envs"), "__version__": "0"},
        "vllm.v1.engine": {"FinishReason": finish_reason(source)},
        "vllm.utils": {"is_list_of": lambda *a: False},
        "ray.util": {"metrics": ray},
        "ray": {"serve": Config(get_replica_context=lambda: Config(replica_id=Config(unique_id="replica")))},
        "vllm.executor.ray_utils": {"ray": "ray" if "ray" in options else None},
    }
    sys.meta_path.insert(0, Finder(source, overrides))
    sys.modules["vllm.envs"] = overrides["vllm"]["envs"]
    sys.modules["ray.util.metrics"] = ray
    if flavour == "ray":
        run_v1(source, options)
        return ray_text(ray, "both-counters" in options)
    multiprocess = "api-servers" in options
    if multiprocess:
        return api_servers(source, options)
    from prometheus_client import REGISTRY

    for collector in list(REGISTRY._collector_to_names):
        REGISTRY.unregister(collector)
    if flavour in ("v0", "triton"):
        run_v0()
    else:
        run_v1(source, options)
    if flavour not in ("triton", "simulator"):
        http_metrics()
    families = list(REGISTRY.collect())
    if flavour == "rust":
        return rust_text(families, source)
    if flavour == "triton":
        return triton_text(families)
    if flavour == "simulator":
        return simulator_text(families)
    return process_start() + python_text(families)


def api_servers(source, options):
    """Two API servers that share PROMETHEUS_MULTIPROC_DIR: the first did all the work, the second has only begun."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        pids = []
        for server in range(2):
            pid = os.fork()
            if pid == 0:
                run_v1(source, options) if server == 0 else begin(source, options)
                http_metrics()
                os._exit(0)
            os.waitpid(pid, 0)
            pids.append(pid)
        from prometheus_client import CollectorRegistry
        from prometheus_client.multiprocess import MultiProcessCollector

        registry = CollectorRegistry()
        MultiProcessCollector(registry)
        families = sorted(registry.collect(), key=lambda family: family.name)
    shown = dict(zip(map(str, pids), ("273", "277")))
    for family in families:
        for sample in family.samples:
            if "pid" in sample.labels:
                sample.labels["pid"] = shown[sample.labels["pid"]]
        if family.type != "histogram":
            family.samples.sort(key=lambda sample: sorted(sample.labels.items()))
    return python_text(families)


def begin(source, options):
    importlib.import_module("vllm.v1.metrics.loggers").PrometheusStatLogger(config(options), [0])


BODIES = [
    ("vllm-0.6.3", "0.6.3.post1", "v0", []),
    ("vllm-0.6.6", "0.6.6.post1", "v0", []),
    ("vllm-0.8.5-v0", "0.8.5", "v0", []),
    ("vllm-0.10.2-v0", "0.10.2", "v0", []),
    ("vllm-0.8.0", "0.8.0", "v1", []),
    ("vllm-0.8.5", "0.8.5", "v1", []),
    ("vllm-0.9.2", "0.9.2", "v1", []),
    ("vllm-0.10.2", "0.10.2", "v1", []),
    ("vllm-0.11.0", "0.11.0", "v1", []),
    ("vllm-0.11.0-hidden", "0.11.0", "v1", ["hidden"]),
    ("vllm-0.11.2", "0.11.2", "v1", []),
    ("vllm-0.11.0-api-servers", "0.11.0", "v1", ["api-servers"]),
    ("vllm-0.12.0", "0.12.0", "v1", []),
    ("vllm-0.13.0", "0.13.0", "v1", []),
    ("vllm-0.14.0-hidden", "0.14.0", "v1", ["hidden"]),
    ("vllm-0.16.0", "0.16.0", "v1", []),
    ("vllm-0.20.0", "0.20.0", "v1", []),
    ("vllm-0.23.0", "0.23.0", "v1", []),
    ("vllm-0.33.0", "0.33.0", "v1", []),
    ("vllm-0.33.0-api-servers", "0.33.0", "v1", ["api-servers"]),
    ("vllm-0.33.0-dp2", "0.33.0", "v1", ["dp2"]),
    ("vllm-0.33.0-connector-speculative", "0.33.0", "v1", ["connector", "speculative"]),
    ("vllm-0.33.0-rust", "0.33.0", "rust", []),
    ("ray-vllm-0.10.2", "0.10.2", "ray", ["ray", "both-counters"]),
    ("ray-vllm-0.13.0", "0.13.0", "ray", ["ray"]),
    ("ray-vllm-0.20.0", "0.20.0", "ray", ["ray"]),
    ("ray-vllm-0.33.0", "0.33.0", "ray", ["ray"]),
    ("triton-vllm", "0.6.6.post1", "triton", []),
    ("llm-d-inference-sim", "0.33.0", "simulator", []),
    ("production-stack-router", "0.33.0", "router", []),
]


def main():
    sources, out = sys.argv[1:3]
    if len(sys.argv) > 3:
        flavour, options = sys.argv[3], json.loads(sys.argv[4])
        sys.stdout.write(body(sources, flavour, options))
        return
    for name, version, flavour, options in BODIES:
        source = os.path.join(sources, "vllm-" + version)
        command = [sys.executable, __file__, source, out, flavour, json.dumps(options)]
        text = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        with open(os.path.join(out, name + ".prom.gz"), "wb") as file:
            file.write(gzip.compress(text, mtime=0))
        print(name, text.count(b"\n"), "lines")


if __name__ == "__main__":
    main()
