package io.vedette.jobs.track;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An engine as far as its metrics go: what it serves is counted, under vLLM's names and in the form that its Python client has. */
public final class FakeEngine {
    private static final double[] BOUNDS = {0.5, 1, 2.5};

    private final String model;
    private final Map<String, Double> finished = new TreeMap<>();
    private final double[] latencies = new double[BOUNDS.length + 1];
    private double latencySum;
    private double promptTokens;
    private double generationTokens;
    private int running;
    private double kvUsage;
    private long startMillis;

    public FakeEngine(String model, long startMillis) {
        this.model = model;
        restart(startMillis);
    }

    /** Begins from zero. */
    public FakeEngine restart(long atMillis) {
        finished.clear();
        finished.put("length", 0.0);
        finished.put("stop", 0.0);
        latencySum = 0;
        promptTokens = 0;
        generationTokens = 0;
        Arrays.fill(latencies, 0);
        startMillis = atMillis;
        return this;
    }

    /** Finishes requests that took so long each: 100 tokens in and 10 out. */
    public FakeEngine serve(int requests, double seconds) {
        return serve(requests, seconds, "stop");
    }

    public FakeEngine serve(int requests, double seconds, String reason) {
        finished.merge(reason, (double) requests, Double::sum);
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        latencies[bucket] += requests;
        latencySum += requests * seconds;
        promptTokens += requests * 100.0;
        generationTokens += requests * 10.0;
        return this;
    }

    public FakeEngine load(int nowRunning, double nowKvUsage) {
        running = nowRunning;
        kvUsage = nowKvUsage;
        return this;
    }

    public String text() {
        StringBuilder text = new StringBuilder(2_000);
        family(text, "process_start_time_seconds", "gauge");
        line(text, "process_start_time_seconds", "", startMillis / 1000.0);
        gauge(text, "vllm:num_requests_running", running);
        gauge(text, "vllm:num_requests_waiting", 0);
        gauge(text, "vllm:kv_cache_usage_perc", kvUsage);
        counter(text, "vllm:prompt_tokens", Map.of("", promptTokens));
        counter(text, "vllm:generation_tokens", Map.of("", generationTokens));
        Map<String, Double> byReason = new TreeMap<>();
        finished.forEach((reason, count) -> byReason.put(",finished_reason=\"" + reason + "\"", count));
        counter(text, "vllm:request_success", byReason);
        histogram(text);
        return text.toString();
    }

    public byte[] body() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    private void gauge(StringBuilder text, String name, double value) {
        family(text, name, "gauge");
        line(text, name, labels(""), value);
    }

    private void counter(StringBuilder text, String name, Map<String, Double> values) {
        family(text, name + "_total", "counter");
        values.forEach((labels, value) -> line(text, name + "_total", labels(labels), value));
        family(text, name + "_created", "gauge");
        values.keySet().forEach(labels -> line(text, name + "_created", labels(labels), createdSeconds()));
    }

    private void histogram(StringBuilder text) {
        String name = "vllm:e2e_request_latency_seconds";
        family(text, name, "histogram");
        double upTo = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            upTo += latencies[i];
            String bound = i < BOUNDS.length ? Double.toString(BOUNDS[i]) : "+Inf";
            line(text, name + "_bucket", labels(",le=\"" + bound + "\""), upTo);
        }
        line(text, name + "_count", labels(""), upTo);
        line(text, name + "_sum", labels(""), latencySum);
        family(text, name + "_created", "gauge");
        line(text, name + "_created", labels(""), createdSeconds());
    }

    /** Metrics are made while the engine loads its model. */
    private double createdSeconds() {
        return (startMillis + 20_000) / 1000.0;
    }

    private String labels(String others) {
        return "{engine=\"0\",model_name=\"" + model + "\"" + others + "}";
    }

    private static void family(StringBuilder text, String name, String type) {
        text.append("# HELP ").append(name).append(" Told in tests.\n");
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder text, String name, String labels, double value) {
        text.append(name).append(labels).append(String.format(Locale.ROOT, " %s\n", value));
    }
}
