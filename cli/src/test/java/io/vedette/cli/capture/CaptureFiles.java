package io.vedette.cli.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Makes captures, and reads them back as texts. */
public final class CaptureFiles {
    private CaptureFiles() {}

    /** Names and contents, in turn. */
    static Map<String, String> entries(String... namesAndContents) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            entries.put(namesAndContents[i], namesAndContents[i + 1]);
        }
        return entries;
    }

    /** Writes files into a folder, which is made. */
    public static Path folder(Path folder, Map<String, String> files) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    /** Writes an archive, compressed as its name says, into a folder, which is made. */
    static Path archive(Path file, Map<String, String> entries) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.write(file, compressed(file.toString(), tar(entries)));
    }

    /** Cuts the end of a file off. */
    static void truncate(Path file, int bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, bytes));
    }

    /** All scrapes of a capture as they are replayed: {@code "1000 up body"}. */
    static List<String> scrapes(Capture... captures) throws IOException {
        List<String> scrapes = new ArrayList<>();
        try (MergedScrapes merged = new MergedScrapes(List.of(captures))) {
            merged.forEachRemaining(scrape -> scrapes.add(
                    (captures.length == 1 ? "" : captures[scrape.capture()].name() + ' ') + text(scrape.recorded())));
        }
        return scrapes;
    }

    private static String text(RecordedScrape scrape) {
        return scrape.timeMillis() + (scrape.failed() ? " down " : " up ") + new String(scrape.content(), UTF_8);
    }

    private static byte[] tar(Map<String, String> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                byte[] content = entry.getValue().getBytes(UTF_8);
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey());
                header.setSize(header.isDirectory() ? 0 : content.length);
                tar.putArchiveEntry(header);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] compressed(String name, byte[] tar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith(".xz")
                ? new XZCompressorOutputStream(bytes)
                : name.endsWith(".gz") ? new GZIPOutputStream(bytes) : bytes) {
            out.write(tar);
        }
        return bytes.toByteArray();
    }
}
