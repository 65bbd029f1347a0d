package io.vedette.jobs.wire;

import io.vedette.model.histogram.Bounds;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the small things in states and between operators are written: whole numbers as varints, texts as UTF-8. */
public final class Wire {
    private Wire() {}

    /** Writes a whole number in 1 to 10 bytes, small magnitudes in few. */
    public static void writeLong(DataOutput out, long value) throws IOException {
        long zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            out.writeByte((int) (zigzag | 0x80));
            zigzag >>>= 7;
        }
        out.writeByte((int) zigzag);
    }

    public static long readLong(DataInput in) throws IOException {
        long zigzag = 0;
        int shift = 0;
        byte b;
        do {
            b = in.readByte();
            zigzag |= (long) (b & 0x7F) << shift;
            shift += 7;
        } while (b < 0 && shift < 70);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    public static void writeInt(DataOutput out, int value) throws IOException {
        writeLong(out, value);
    }

    /** Reads a whole number; one that is no int is broken input. */
    public static int readInt(DataInput in) throws IOException {
        long value = readLong(in);
        if (value != (int) value) {
            throw new IOException("not an int: " + value);
        }
        return (int) value;
    }

    public static void writeLongs(DataOutput out, long[] values) throws IOException {
        writeInt(out, values.length);
        for (long value : values) {
            writeLong(out, value);
        }
    }

    public static long[] readLongs(DataInput in) throws IOException {
        long[] values = new long[readInt(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readLong(in);
        }
        return values;
    }

    public static void writeInts(DataOutput out, int[] values) throws IOException {
        writeInt(out, values.length);
        for (int value : values) {
            writeInt(out, value);
        }
    }

    public static int[] readInts(DataInput in) throws IOException {
        int[] values = new int[readInt(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = readInt(in);
        }
        return values;
    }

    public static void writeDoubles(DataOutput out, double[] values) throws IOException {
        writeInt(out, values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    public static double[] readDoubles(DataInput in) throws IOException {
        double[] values = new double[readInt(in)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    public static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        writeInt(out, bytes.length);
        out.write(bytes);
    }

    public static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[readInt(in)];
        in.readFully(bytes);
        return bytes;
    }

    /** Writes a text of any length. */
    public static void writeText(DataOutput out, String text) throws IOException {
        writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    public static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    public static void writeTexts(DataOutput out, Collection<String> texts) throws IOException {
        writeInt(out, texts.size());
        for (String text : texts) {
            writeText(out, text);
        }
    }

    public static List<String> readTexts(DataInput in) throws IOException {
        int size = readInt(in);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(readText(in));
        }
        return texts;
    }

    public static void writeMap(DataOutput out, Map<String, String> map) throws IOException {
        writeInt(out, map.size());
        for (Map.Entry<String, String> entry : map.entrySet()) {
            writeText(out, entry.getKey());
            writeText(out, entry.getValue());
        }
    }

    public static Map<String, String> readMap(DataInput in) throws IOException {
        int size = readInt(in);
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(readText(in), readText(in));
        }
        return map;
    }

    /** Writes gauges by their signals' numbers. */
    public static void writeGauges(DataOutput out, Gauges gauges) throws IOException {
        for (Signal signal : Signal.values()) {
            if (signal.kind() == Signal.Kind.GAUGE && gauges.has(signal)) {
                writeInt(out, signal.number());
                out.writeDouble(gauges.get(signal));
            }
        }
        writeInt(out, 0);
    }

    /** Reads gauges; those of signals that this version does not know are passed over. */
    public static Gauges readGauges(DataInput in) throws IOException {
        Gauges.Builder gauges = Gauges.builder();
        for (int number = readInt(in); number != 0; number = readInt(in)) {
            double value = in.readDouble();
            Signal.ofNumber(number)
                    .filter(signal -> signal.kind() == Signal.Kind.GAUGE)
                    .ifPresent(signal -> gauges.set(signal, value));
        }
        return gauges.build();
    }

    public static void writeBounds(DataOutput out, Bounds bounds) throws IOException {
        writeDoubles(out, bounds.toArray());
    }

    public static Bounds readBounds(DataInput in) throws IOException {
        return Bounds.of(readDoubles(in));
    }
}
