package io.vedette.cli.replay;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import io.vedette.model.series.DerivedSeries;
import io.vedette.model.series.SeriesNumber;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All derived series as {@code time,name,labels,value}: time in Unix seconds, labels as in PromQL without braces, rows sorted by time, name and labels,
 * so that equal inputs give equal bytes. Holds the rows of one tick at a time.
 */
final class DerivedCsv {
    private static final String HEADER = "time,name,labels,value\n";
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::name).thenComparing(Row::labels);
    private static final long MILLIS_PER_SECOND = 1000;

    private final DerivedSeries series;

    DerivedCsv(DerivedSeries series) {
        this.series = series;
    }

    /** Where a frame lies in the spool. */
    private record Place(long tickMillis, long offset, int length) {}

    private record Row(String name, String labels, double value) {}

    /** Writes the frames of a spool, in whatever order they are there, to a file. */
    void write(Path spool, Path out) throws IOException {
        List<Place> places = new ArrayList<>();
        Spool.visit(
                spool,
                (bytes, offset) -> places.add(new Place(FrameCodec.decode(bytes).tickMillis(), offset, bytes.length)));
        places.sort(Comparator.comparingLong(Place::tickMillis).thenComparingLong(Place::offset));
        try (RandomAccessFile frames = new RandomAccessFile(spool.toFile(), "r");
                BufferedWriter writer = Files.newBufferedWriter(out)) {
            writer.write(HEADER);
            for (int from = 0, to; from < places.size(); from = to) {
                to = endOfTick(places, from);
                writeTick(frames, places.subList(from, to), writer);
            }
        }
    }

    private static int endOfTick(List<Place> places, int from) {
        int to = from;
        while (to < places.size() && places.get(to).tickMillis == places.get(from).tickMillis) {
            to++;
        }
        return to;
    }

    private void writeTick(RandomAccessFile frames, List<Place> tick, Writer writer) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Place place : tick) {
            byte[] bytes = new byte[place.length];
            frames.seek(place.offset);
            frames.readFully(bytes);
            addRows(FrameCodec.decode(bytes), rows);
        }
        rows.sort(ORDER);
        String time = Long.toString(tick.get(0).tickMillis / MILLIS_PER_SECOND);
        for (Row row : rows) {
            writer.write(time + ',' + row.name + ",\"" + row.labels.replace("\"", "\"\"") + "\","
                    + SeriesNumber.format(row.value) + '\n');
        }
    }

    private void addRows(Frame frame, List<Row> rows) {
        StringBuilder labels = new StringBuilder();
        series.visit(frame, (name, entity, point, value) -> {
            labels.setLength(0);
            entity.render(labels, point);
            rows.add(new Row(name, labels.toString(), value));
        });
    }
}
