package io.vedette.model.frame;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.FrameFormatException.Reason;
import io.vedette.model.signal.Gauges;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one frame. */
final class FrameDecoder {
    private FrameDecoder() {}

    static Frame decode(byte[] bytes, int offset, int length) {
        try {
            return frame(new ProtoReader(bytes, offset, length));
        } catch (InvalidProtocolBufferException e) {
            throw new FrameFormatException(Reason.BROKEN, e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot fail to be read", e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new FrameFormatException(Reason.INVALID, e);
        }
    }

    private static Frame frame(ProtoReader in) throws IOException {
        int version = 0;
        @Nullable Entity entity = null;
        long tickMillis = 0;
        long intervalMillis = 0;
        int release = 0;
        int members = 0;
        int membersUp = 0;
        double up = Double.NaN;
        Gauges gauges = Gauges.none();
        @Nullable Latest latest = null;
        Life life = Life.NONE;
        double promptLimit = Double.NaN;
        int owner = 0;
        List<Gpu> cards = new ArrayList<>(0);
        WindowsDecoder windows = new WindowsDecoder();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> version = understood(in.small());
                case 2 -> entity = entity(in);
                case 3 -> tickMillis = in.number();
                case 4 -> intervalMillis = in.number();
                case 5 -> release = in.small();
                case 6 -> up = in.real();
                case 7 -> gauges = gauges(in);
                case 8 -> latest = latest(in);
                case 9 -> life = life(in);
                case 15 -> promptLimit = in.real();
                case 16 -> members = in.small();
                case 17 -> membersUp = in.small();
                case 18 -> owner = in.small();
                case 19 -> cards.add(card(in));
                default -> windows.field(field, in);
            }
        }
        understood(version);
        if (entity == null) {
            throw FrameFormatException.invalid("a frame without an entity");
        }
        return new Frame(
                entity,
                tickMillis,
                intervalMillis,
                WireNumbers.release(release),
                members,
                membersUp,
                up,
                gauges,
                latest,
                life,
                promptLimit,
                owner == 0 && cards.isEmpty() ? Gpus.NONE : new Gpus(WireNumbers.owner(owner), cards),
                windows.resolve());
    }

    private static int understood(int version) {
        if (version != FrameCodec.VERSION) {
            throw new FrameFormatException(
                    Reason.VERSION,
                    "a frame of version " + version + ", where only " + FrameCodec.VERSION + " is understood");
        }
        return version;
    }

    private static Entity entity(ProtoReader in) throws IOException {
        int kind = 0;
        String instance = "";
        String engine = "";
        String modelName = "";
        String role = "";
        String node = "";
        String gpu = "";
        String uuid = "";
        Map<String, String> labels = new HashMap<>();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> kind = in.small();
                case 2 -> instance = in.string();
                case 3 -> engine = in.string();
                case 4 -> modelName = in.string();
                case 5 -> role = in.string();
                case 6 -> node = in.string();
                case 7 -> label(in, labels);
                case 8 -> gpu = in.string();
                case 9 -> uuid = in.string();
                default -> in.skip();
            }
        }
        in.end(end);
        return new Entity(WireNumbers.kind(kind), instance, engine, modelName, role, node, gpu, uuid, labels);
    }

    private static void label(ProtoReader in, Map<String, String> labels) throws IOException {
        String name = "";
        String value = "";
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> name = in.string();
                case 2 -> value = in.string();
                default -> in.skip();
            }
        }
        in.end(end);
        labels.put(name, value);
    }

    private static Gpu card(ProtoReader in) throws IOException {
        String gpu = "";
        String uuid = "";
        String product = "";
        Longs memoryUsed = new Longs();
        Longs utilization = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> gpu = in.string();
                case 2 -> uuid = in.string();
                case 3 -> product = in.string();
                case 4 -> in.reals(memoryUsed);
                case 5 -> in.reals(utilization);
                default -> in.skip();
            }
        }
        in.end(end);
        return new Gpu(gpu, uuid, product, memoryUsed.toDoubles(), utilization.toDoubles());
    }

    private static Gauges gauges(ProtoReader in) throws IOException {
        Longs signals = new Longs();
        Longs values = new Longs();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> in.numbers(signals);
                case 2 -> in.reals(values);
                default -> in.skip();
            }
        }
        in.end(end);
        if (signals.size() != values.size()) {
            throw FrameFormatException.invalid(values.size() + " values of " + signals.size() + " gauges");
        }
        Gauges.Builder gauges = Gauges.builder();
        for (int i = 0; i < signals.size(); i++) {
            double value = values.getDouble(i);
            WireNumbers.signal(signals.get(i)).ifPresent(gauge -> gauges.set(gauge, value));
        }
        return gauges.build();
    }

    private static Latest latest(ProtoReader in) throws IOException {
        long timeMillis = 0;
        boolean up = false;
        String failure = "";
        Gauges gauges = Gauges.none();
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> timeMillis = in.number();
                case 2 -> up = in.number() != 0;
                case 3 -> failure = in.string();
                case 4 -> gauges = gauges(in);
                default -> in.skip();
            }
        }
        in.end(end);
        return new Latest(timeMillis, up, failure, gauges);
    }

    private static Life life(ProtoReader in) throws IOException {
        long firstSeenMillis = 0;
        long firstUpMillis = 0;
        long downSinceMillis = 0;
        long processStartMillis = 0;
        double finishedSinceStart = Double.NaN;
        int restarts = 0;
        long contextLength = 0;
        int end = in.begin();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> firstSeenMillis = in.number();
                case 2 -> firstUpMillis = in.number();
                case 3 -> downSinceMillis = in.number();
                case 4 -> processStartMillis = in.number();
                case 5 -> finishedSinceStart = in.real();
                case 6 -> restarts = in.small();
                case 7 -> contextLength = in.number();
                default -> in.skip();
            }
        }
        in.end(end);
        return new Life(
                firstSeenMillis,
                firstUpMillis,
                downSinceMillis,
                processStartMillis,
                finishedSinceStart,
                restarts,
                contextLength);
    }
}
