package io.vedette.jobs.derive;

import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.frame.Frame;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.series.DerivedCsv;
import io.vedette.model.series.SeriesSettings;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The captures at the project's root, as records such as {@code replay} makes of them: appended at the time of the scrape, every 5 s. */
public final class Captures {
    public static final long INTERVAL_MILLIS = 5_000;
    /** Who is said to have scraped. */
    public static final String AGENT = "replay";

    private static final Path ROOT = Path.of("..", "captures");
    private static final long UNKNOWN_CONTEXT_LENGTH = 0;

    private Captures() {}

    /** A scrape as a record of its target's. */
    public record Recorded(String target, long timeMillis, byte[] value) {}

    /** The scrapes of a capture, in their order; its target is called like its folder. */
    public static List<Recorded> of(String name) throws IOException {
        ExpositionParser parser = new ExpositionParser();
        Path folder = ROOT.resolve(name);
        Target target = new Target(folder.getFileName().toString(), "", AGENT, "", "both", Map.of());
        List<Recorded> scrapes = new ArrayList<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(folder.resolve("scrapes.tar.xz")));
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                if (!entry.isFile()) {
                    continue;
                }
                String entryName = entry.getName();
                int dot = entryName.lastIndexOf('.');
                long timeMillis = Long.parseLong(entryName.substring(entryName.lastIndexOf('/') + 1, dot));
                byte[] content = archive.readAllBytes();
                byte[] value = entryName.endsWith(".prom")
                        ? RecordWriter.scrape(
                                target, parser.parse(content), timeMillis, Double.NaN, UNKNOWN_CONTEXT_LENGTH)
                        : RecordWriter.failure(
                                target, failure(content), timeMillis, Double.NaN, UNKNOWN_CONTEXT_LENGTH);
                scrapes.add(new Recorded(target.instance(), timeMillis, value));
            }
        }
        scrapes.sort(Comparator.comparingLong(Recorded::timeMillis));
        return scrapes;
    }

    private static ScrapeFailure failure(byte[] content) {
        String word = new String(content, StandardCharsets.UTF_8).strip().split("\\s", 2)[0];
        return ScrapeFailure.ofWord(word).orElse(ScrapeFailure.BROKEN);
    }

    /** The derived series that frames show, as {@code replay --derived} writes them. */
    public static String rows(Collection<Frame> frames) throws IOException {
        StringWriter text = new StringWriter();
        try (DerivedCsv csv = new DerivedCsv(text, SeriesSettings.ofReplay(SeriesSettings.DEFAULT_WINDOWS))) {
            frames.forEach(csv::add);
        }
        return text.toString();
    }
}
