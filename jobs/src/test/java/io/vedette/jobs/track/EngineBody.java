package io.vedette.jobs.track;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** What an engine of some version and kind shows at {@code /metrics}; README.md beside the bodies says where each is from. */
record EngineBody(String text) {
    /** Parts of names of what does not count up. */
    private static final List<String> GAUGES = List.of(
            "num_requests_",
            "_perc",
            "hit_rate",
            "sleep_state",
            "_info",
            "_created",
            "process_",
            "python_info",
            "avg_",
            "current_qps",
            "num_prefill_requests",
            "num_decoding_requests",
            "healthy_pods");

    static EngineBody of(String name) {
        String path = "/io/vedette/jobs/engines/" + name + ".prom.gz";
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(EngineBody.class.getResourceAsStream(path), "there is no body " + path))) {
            return new EngineBody(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same engine when it has done all of its work so many times; gauges stay. */
    String after(int times) {
        return text.lines().map(line -> after(line, times)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String after(String line, int times) {
        int value = line.lastIndexOf(' ') + 1;
        if (line.isEmpty() || line.startsWith("#") || isGauge(line)) {
            return line;
        }
        double worked = Double.parseDouble(line.substring(value)) * times;
        return line.substring(0, value) + worked;
    }

    private static boolean isGauge(String line) {
        String name = line.substring(0, line.indexOf(line.contains("{") ? '{' : ' '));
        return GAUGES.stream().anyMatch(name::contains);
    }

    /** The same, with a process that began at another time. */
    EngineBody startedAt(long unixSeconds) {
        return new EngineBody(text.replaceAll("(?m)^(process_start_time_seconds) \\S+$", "$1 " + unixSeconds + ".0")
                .replaceAll("(?m)^(\\S+_created(?:\\{[^}]*})?) \\S+$", "$1 " + unixSeconds + ".0"));
    }

    /** The same without a word about when anything began, as with several API servers. */
    EngineBody withoutStarts() {
        return new EngineBody(text.replaceAll("(?m)^process_start_time_seconds \\S+\n", "")
                .replaceAll("(?m)^\\S+_created(?:\\{[^}]*})? \\S+\n", ""));
    }
}
