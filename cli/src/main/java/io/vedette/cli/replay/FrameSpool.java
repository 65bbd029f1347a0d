package io.vedette.cli.replay;

import io.vedette.model.frame.FrameCodec;
import io.vedette.model.series.DerivedCsv;
import io.vedette.model.series.SeriesSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Frames as a job has written them, in an order that depends on its parallelism. Holds where they lie, and the frames of one tick at a time. */
final class FrameSpool {
    private static final Comparator<Place> BY_TICK =
            Comparator.comparingLong(Place::tickMillis).thenComparingLong(Place::offset);

    private FrameSpool() {}

    private record Place(long tickMillis, long offset, int length) {}

    /** Writes the derived series of all frames, tick by tick. */
    static void write(Path spool, Path csv, SeriesSettings settings) throws IOException {
        List<Place> places = new ArrayList<>();
        Spool.visit(
                spool,
                (bytes, offset) -> places.add(new Place(FrameCodec.decode(bytes).tickMillis(), offset, bytes.length)));
        places.sort(BY_TICK);
        try (RandomAccessFile frames = new RandomAccessFile(spool.toFile(), "r");
                DerivedCsv out = new DerivedCsv(Files.newBufferedWriter(csv), settings)) {
            for (Place place : places) {
                out.complete(place.tickMillis - 1);
                byte[] bytes = new byte[place.length];
                frames.seek(place.offset);
                frames.readFully(bytes);
                out.add(FrameCodec.decode(bytes));
            }
        }
    }
}
