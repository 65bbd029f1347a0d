package io.vedette.model.exposition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The bodies recorded from a real vLLM; {@code README.md} beside them says when. */
final class RealScrapes {

    static final List<String> NAMES = List.of("overload-early", "overload-late", "restart-late", "failures-late");

    private RealScrapes() {}

    static byte[] body(String name) {
        return read(name + ".prom.gz");
    }

    static byte[] read(String resource) {
        try (InputStream compressed =
                        Objects.requireNonNull(RealScrapes.class.getResourceAsStream(resource), resource);
                InputStream in = new GZIPInputStream(compressed)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
