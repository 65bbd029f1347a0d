package io.vedette.jobs.panes;

import io.vedette.jobs.wire.Wire;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads layouts, histories and growth. The first byte of what uses this is a version. */
public final class PaneCodec {
    private PaneCodec() {}

    public static void writeKey(DataOutput out, SeriesKey key) throws IOException {
        Wire.writeInt(out, key.signal().number());
        Wire.writeText(out, key.dimension());
        Bounds bounds = key.bounds();
        out.writeBoolean(bounds != null);
        if (bounds != null) {
            Wire.writeBounds(out, bounds);
        }
    }

    /** Reads a series' key. A signal that this version does not know is broken input: numbers are never taken away. */
    public static SeriesKey readKey(DataInput in) throws IOException {
        int number = Wire.readInt(in);
        Signal signal = Signal.ofNumber(number).orElseThrow(() -> new IOException("unknown signal: " + number));
        String dimension = Wire.readText(in);
        return new SeriesKey(signal, dimension, in.readBoolean() ? Wire.readBounds(in) : null);
    }

    public static void writeLayout(DataOutput out, SeriesLayout layout) throws IOException {
        Wire.writeInt(out, layout.size());
        for (int i = 0; i < layout.size(); i++) {
            writeKey(out, layout.key(i));
        }
    }

    public static SeriesLayout readLayout(DataInput in) throws IOException {
        SeriesLayout layout = new SeriesLayout();
        int size = Wire.readInt(in);
        for (int i = 0; i < size; i++) {
            layout.add(readKey(in));
        }
        return layout;
    }

    /** Writes a history: its panes; the windows follow from them. */
    public static void writeHistory(DataOutput out, PaneHistory history) throws IOException {
        Wire.writeInts(out, history.windowPanes);
        Wire.writeInt(out, history.gaugeCount);
        Wire.writeLong(out, history.end);
        for (long pane = history.oldest(); pane <= history.newest(); pane++) {
            int slot = history.slot(pane);
            Wire.writeBytes(out, history.packed(slot));
            Wire.writeInt(out, history.coveredMillis[slot]);
            for (int g = 0; g < history.gaugeCount; g++) {
                int i = history.gauges.index(slot, g);
                Wire.writeInt(out, history.gauges.counts[i]);
                if (history.gauges.counts[i] > 0) {
                    out.writeDouble(history.gauges.sums[i]);
                    out.writeDouble(history.gauges.maxima[i]);
                }
            }
        }
    }

    /**
     * Reads a history.
     *
     * @param gauges how many gauges it is to have: those that it was written without have nothing in its panes
     */
    public static PaneHistory readHistory(DataInput in, int gauges) throws IOException {
        int[] windowPanes = Wire.readInts(in);
        int gaugeCount = Wire.readInt(in);
        PaneHistory history = new PaneHistory(windowPanes, Math.max(gaugeCount, gauges), Wire.readLong(in) + 1);
        for (long pane = history.oldest(); pane <= history.newest(); pane++) {
            int slot = history.slot(pane);
            history.restore(pane, Wire.readBytes(in), Wire.readInt(in));
            for (int g = 0; g < gaugeCount; g++) {
                int i = history.gauges.index(slot, g);
                history.gauges.counts[i] = Wire.readInt(in);
                if (history.gauges.counts[i] > 0) {
                    history.gauges.sums[i] = in.readDouble();
                    history.gauges.maxima[i] = in.readDouble();
                }
            }
        }
        return history;
    }

    /** Writes growth by pane: first which columns there are, which is mostly the same for all panes, and known to the reader. */
    public static void writeGrowth(DataOutput out, List<PaneGrowth> growth) throws IOException {
        List<SeriesColumns> columns = new ArrayList<>(1);
        for (PaneGrowth pane : growth) {
            if (!columns.contains(pane.columns())) {
                columns.add(pane.columns());
            }
        }
        Wire.writeInt(out, columns.size());
        for (SeriesColumns of : columns) {
            Wire.writeBytes(out, of.written());
        }
        Wire.writeInt(out, growth.size());
        for (PaneGrowth pane : growth) {
            Wire.writeLong(out, pane.pane());
            Wire.writeInt(out, pane.coveredMillis());
            Wire.writeInt(out, columns.indexOf(pane.columns()));
            Wire.writeBytes(out, pane.packed());
        }
    }

    public static List<PaneGrowth> readGrowth(DataInput in, KnownColumns known) throws IOException {
        List<SeriesColumns> columns = new ArrayList<>(1);
        for (int i = Wire.readInt(in); i > 0; i--) {
            columns.add(known.of(Wire.readBytes(in)));
        }
        int panes = Wire.readInt(in);
        List<PaneGrowth> growth = new ArrayList<>(panes);
        for (int p = 0; p < panes; p++) {
            growth.add(new PaneGrowth(
                    Wire.readLong(in), Wire.readInt(in), columns.get(Wire.readInt(in)), Wire.readBytes(in)));
        }
        return growth;
    }

    static byte[] writeKeys(List<SeriesKey> keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutput out = new DataOutputStream(bytes);
            Wire.writeInt(out, keys.size());
            for (SeriesKey key : keys) {
                writeKey(out, key);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SeriesColumns readColumns(byte[] written) throws IOException {
        DataInput in = new DataInputStream(new ByteArrayInputStream(written));
        int size = Wire.readInt(in);
        List<SeriesKey> keys = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            keys.add(readKey(in));
        }
        return new SeriesColumns(keys, written);
    }
}
