package io.vedette.model.series;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.FrameCodec;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Writes derived series as CSV: header {@code time,name,labels,value}; time in Unix seconds, labels as in PromQL without braces, rows sorted by all
 * three. Frames of different entities may come in any order, so they are kept, encoded, until their tick is complete: some 1.5 KB each, 1 MB for an
 * hour of one replica. Not thread-safe.
 */
public final class DerivedCsv implements Closeable {
    private static final Comparator<Row> BY_NAME_AND_LABELS =
            Comparator.comparing(Row::name).thenComparing(Row::labels);

    private final Writer out;
    private final DerivedSeries series;
    private final NavigableMap<Long, List<byte[]>> framesByTick = new TreeMap<>();
    private long completeMillis = Long.MIN_VALUE;

    private record Row(String name, String labels, double value) {}

    /**
     * Begins with the header.
     *
     * @param out closed by {@link #close}; to be buffered by the caller
     */
    public DerivedCsv(Writer out, SeriesSettings settings) throws IOException {
        this.out = out;
        this.series = DerivedSeries.of(settings);
        out.write("time,name,labels,value\n");
    }

    /**
     * Takes a frame.
     *
     * @throws IllegalArgumentException when its tick has been declared complete
     */
    public void add(Frame frame) {
        if (frame.tickMillis() <= completeMillis) {
            throw new IllegalArgumentException("a frame of " + frame.tickMillis() + " after all up to " + completeMillis
                    + " were declared complete");
        }
        framesByTick
                .computeIfAbsent(frame.tickMillis(), tick -> new ArrayList<>())
                .add(FrameCodec.encode(frame));
    }

    /** Writes all ticks up to one, of which no more frames will come. */
    public void complete(long tickMillis) throws IOException {
        completeMillis = Math.max(completeMillis, tickMillis);
        NavigableMap<Long, List<byte[]>> complete = framesByTick.headMap(completeMillis, true);
        for (var frames : complete.entrySet()) {
            write(frames.getKey(), frames.getValue());
        }
        complete.clear();
    }

    /** Writes all that is left, and closes the writer. */
    @Override
    public void close() throws IOException {
        try (out) {
            complete(Long.MAX_VALUE);
        }
    }

    private void write(long tickMillis, List<byte[]> frames) throws IOException {
        List<Row> rows = new ArrayList<>();
        StringBuilder labels = new StringBuilder();
        for (byte[] frame : frames) {
            series.visit(FrameCodec.decode(frame), (name, entity, point, value) -> {
                labels.setLength(0);
                entity.render(labels, point);
                rows.add(new Row(name, labels.toString(), value));
            });
        }
        rows.sort(BY_NAME_AND_LABELS);
        for (Row row : rows) {
            out.write(Long.toString(tickMillis / 1000));
            out.write(',');
            out.write(row.name);
            out.write(",\"");
            out.write(row.labels.replace("\"", "\"\""));
            out.write("\",");
            out.write(SeriesNumber.format(row.value));
            out.write('\n');
        }
    }
}
