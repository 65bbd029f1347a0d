package io.vedette.cli.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Captures for tests. */
final class Archives {
    private Archives() {}

    /** Writes files in their order into an archive whose name says how it is compressed. */
    static Path write(Path archive, Map<String, String> files) {
        try (OutputStream out = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(
                        compressed(out, archive.getFileName().toString()))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream compressed(OutputStream out, String name) throws IOException {
        if (name.endsWith(".xz")) {
            return XZCompressorOutputStream.builder().setOutputStream(out).get();
        }
        return name.endsWith(".gz") ? new GZIPOutputStream(out) : out;
    }
}
