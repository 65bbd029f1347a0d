package io.vedette.cli.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads, by time, scrapes that {@link Unpacking} has put into one file, each compressed by itself. Holds where they lie and no open file, so that
 * thousands of captures can be read at once.
 */
final class SpoolReader implements ScrapeReader {
    private final Path spool;
    private final Iterator<Place> places;
    private @Nullable Place current;

    /** Where a scrape lies, in gzip. */
    private record Place(EntryName name, long offset, int packedBytes) {}

    SpoolReader(Path spool) throws IOException {
        this.spool = spool;
        this.places = places(spool).iterator();
    }

    private static List<Place> places(Path spool) throws IOException {
        List<Place> places = new ArrayList<>();
        try (RandomAccessFile file = open(spool)) {
            while (file.getFilePointer() < file.length()) {
                EntryName name = new EntryName(file.readLong(), file.readBoolean());
                int packedBytes = file.readInt();
                places.add(new Place(name, file.getFilePointer(), packedBytes));
                file.seek(file.getFilePointer() + packedBytes);
            }
        }
        places.sort(Comparator.comparing(Place::name));
        return places;
    }

    private static RandomAccessFile open(Path spool) throws IOException {
        return new RandomAccessFile(spool.toFile(), "r");
    }

    /** Appends a scrape to a spool. */
    static void append(DataOutputStream spool, RecordedScrape scrape) throws IOException {
        byte[] packed = packed(scrape.content());
        spool.writeLong(scrape.timeMillis());
        spool.writeBoolean(scrape.failed());
        spool.writeInt(packed.length);
        spool.write(packed);
    }

    private static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    @Override
    public @Nullable EntryName next() {
        current = places.hasNext() ? places.next() : null;
        return current == null ? null : current.name;
    }

    @Override
    public byte[] content() throws IOException {
        if (current == null) {
            throw new IllegalStateException("there is no scrape here");
        }
        byte[] packed = new byte[current.packedBytes];
        try (RandomAccessFile file = open(spool)) {
            file.seek(current.offset);
            file.readFully(packed);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    @Override
    public int passedOver() {
        return 0;
    }

    @Override
    public void close() {
        // The file is opened for each scrape alone.
    }
}
