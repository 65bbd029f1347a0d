package io.vedette.model.otlp;

import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.exposition.Scrape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Bodies of scrapes for tests. */
final class Bodies {
    static final List<String> REAL = List.of("vllm-0.32-overload", "vllm-0.32-failures", "vllm-0.32-restart");

    private Bodies() {}

    static Scrape parse(String body) {
        return new ExpositionParser().parse(body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body of a real vLLM. */
    static String real(String name) {
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(Bodies.class.getResourceAsStream(name + ".prom.gz"), name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two engines behind one target, and what has no engine label once. */
    static String twoEngines(String first, String second) {
        return first
                + second.lines()
                        .filter(line -> line.contains("engine=\"0\""))
                        .map(line -> line.replace("engine=\"0\"", "engine=\"1\"") + '\n')
                        .reduce("", String::concat);
    }
}
