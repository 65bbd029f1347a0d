package io.vedette.model.catalogue;

import io.vedette.model.exposition.MetricFamily;
import io.vedette.model.exposition.NumberFamily;
import io.vedette.model.exposition.Scrape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What kind of vLLM a body of metrics comes from, as far as the names in it tell. It is told to people only: what the metrics mean, the
 * {@link Catalogue} says.
 *
 * @param since the oldest version that shows all that is there; empty where the names do not tell
 */
public record EngineFlavour(Kind kind, String since) {
    /** Who shows vLLM's metrics. */
    public enum Kind {
        VLLM(""),
        VLLM_V0("V0 engine"),
        RUST_FRONT_END("Rust front end"),
        RAY("under Ray"),
        TRITON("Triton's backend"),
        SIMULATOR("llm-d's simulator"),
        /** No engine: it tells about those behind it. */
        ROUTER("production stack's router"),
        /** Nothing of vLLM's is there. */
        OTHER("");

        private final String note;

        Kind(String note) {
            this.note = note;
        }
    }

    /** Which version of the V1 engine a metric came with, the newest first. */
    private static final Map<String, String> FIRST_SEEN = new LinkedHashMap<>();

    static {
        FIRST_SEEN.put("vllm:admission_rejections_total", "0.32");
        FIRST_SEEN.put("vllm:request_num_preemptions", "0.30");
        FIRST_SEEN.put("vllm:num_requests_waiting_by_reason", "0.20");
        FIRST_SEEN.put("vllm:prompt_tokens_by_source_total", "0.16");
        FIRST_SEEN.put("vllm:request_prefill_kv_computed_tokens", "0.13");
        FIRST_SEEN.put("vllm:engine_sleep_state", "0.11.1");
        FIRST_SEEN.put("vllm:request_time_per_output_token_seconds", "0.11");
        FIRST_SEEN.put("vllm:inter_token_latency_seconds", "0.10.2");
        FIRST_SEEN.put("vllm:kv_cache_usage_perc", "0.9.2");
        FIRST_SEEN.put("vllm:gpu_prefix_cache_queries_total", "0.8");
    }

    /** What a body comes from. */
    public static EngineFlavour of(Scrape body) {
        Set<String> names = body.families().stream().map(MetricFamily::name).collect(Collectors.toSet());
        if (isRouter(body)) {
            return new EngineFlavour(Kind.ROUTER, "");
        }
        if (names.stream().anyMatch(name -> name.startsWith("ray_vllm"))) {
            return new EngineFlavour(Kind.RAY, "");
        }
        if (names.stream().noneMatch(name -> name.startsWith("vllm:"))) {
            return new EngineFlavour(Kind.OTHER, "");
        }
        if (names.contains("nv_inference_request_success")) {
            return new EngineFlavour(Kind.TRITON, "");
        }
        if (names.contains("vllm:max_num_generation_tokens")) {
            return new EngineFlavour(Kind.SIMULATOR, "");
        }
        if (names.contains("vllm:gpu_cache_usage_perc") && since(names).isEmpty()) {
            return new EngineFlavour(Kind.VLLM_V0, "");
        }
        boolean rust =
                names.contains("vllm:request_prefill_kv_computed_tokens") && !names.contains("vllm:engine_sleep_state");
        return new EngineFlavour(rust ? Kind.RUST_FRONT_END : Kind.VLLM, since(names));
    }

    private static String since(Set<String> names) {
        return FIRST_SEEN.entrySet().stream()
                .filter(first -> names.contains(first.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static boolean isRouter(Scrape body) {
        for (MetricFamily family : body.families()) {
            if (family instanceof NumberFamily numbers && family.name().equals("vllm:num_requests_running")) {
                return numbers.points().stream()
                        .allMatch(point -> point.labels().get("server") != null);
            }
        }
        return false;
    }

    /**
     * In words: {@code vLLM 0.32.0 (Rust front end)}, {@code vLLM 0.13 or newer}, or {@code an engine} that is not vLLM's.
     *
     * @param version by the engine's own word
     */
    public String describe(Optional<String> version) {
        if (kind == Kind.OTHER) {
            return "an engine" + version.map(own -> ' ' + own).orElse("");
        }
        String older = since.isEmpty() ? "" : ' ' + since + " or newer";
        return "vLLM" + version.map(own -> ' ' + own).orElse(older)
                + (kind.note.isEmpty() ? "" : " (" + kind.note + ')');
    }
}
