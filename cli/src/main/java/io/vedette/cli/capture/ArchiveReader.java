package io.vedette.cli.capture;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Reads scrapes out of a tar archive, one at a time, in the archive's order. What else is in it is passed over. */
final class ArchiveReader implements ScrapeReader {
    /** An entry larger than this is no scrape; it is cut, and the cut is seen when its body is read. */
    private static final int MAX_CONTENT_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 64 << 10;
    private static final int TAR_RECORD_BYTES = 512;

    /** What xz -9 needs; a file that claims more is refused, since it would end the JVM. */
    private static final int MAX_XZ_MEMORY_KIB = 128 << 10;

    private final TarArchiveInputStream tar;
    private int passedOver;

    ArchiveReader(Path archive) throws IOException {
        InputStream file = new BufferedInputStream(Files.newInputStream(archive), BUFFER_BYTES);
        try {
            this.tar = new TarArchiveInputStream(
                    decompressed(file, archive.getFileName().toString()));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static InputStream decompressed(InputStream file, String name) throws IOException {
        if (name.endsWith(".xz")) {
            return XZCompressorInputStream.builder()
                    .setInputStream(file)
                    .setDecompressConcatenated(true)
                    .setMemoryLimitKiB(MAX_XZ_MEMORY_KIB)
                    .get();
        }
        return name.endsWith(".gz") ? new GZIPInputStream(file, BUFFER_BYTES) : file;
    }

    @Override
    public @Nullable EntryName next() throws IOException {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null) {
            Optional<EntryName> name = entry.isFile() ? EntryName.of(entry.getName()) : Optional.empty();
            if (name.isPresent()) {
                return name.get();
            }
            passedOver += EntryName.isMeant(entry.getName()) ? 1 : 0;
            entry = tar.getNextEntry();
        }
        // A header that is cut looks like the end to Commons Compress.
        if (tar.getBytesRead() % TAR_RECORD_BYTES != 0) {
            throw new EOFException("an entry's header is cut");
        }
        return null;
    }

    @Override
    public byte[] content() throws IOException {
        return tar.readNBytes(MAX_CONTENT_BYTES);
    }

    @Override
    public int passedOver() {
        return passedOver;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
