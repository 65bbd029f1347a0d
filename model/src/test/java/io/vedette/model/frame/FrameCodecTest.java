package io.vedette.model.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.vedette.model.frame.FrameFormatException.Reason;
import io.vedette.model.frame.Frames.WindowBuilder;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import io.vedette.proto.v1.Entity;
import io.vedette.proto.v1.Gauges;
import io.vedette.proto.v1.Growth;
import io.vedette.proto.v1.Observations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    private static final double[] LATENCY = {
        0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680
    };
    private static final double[] FIRST_TOKEN = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160, 640, 2560
    };
    private static final double[] TOKEN_LATENCY = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80
    };
    private static final double[] TOKENS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000};

    @Test
    void whatIsReadBackEqualsWhatWasWritten() {
        RandomFrames frames = new RandomFrames(1);
        for (int i = 0; i < 3_000; i++) {
            Frame frame = frames.next();
            assertThat(FrameCodec.decode(FrameCodec.encode(frame))).isEqualTo(frame);
        }
    }

    @Test
    void protobufReadsTheSameAndWritesTheSameBytes() throws InvalidProtocolBufferException {
        RandomFrames frames = new RandomFrames(2);
        for (int i = 0; i < 3_000; i++) {
            Frame frame = frames.next();
            byte[] bytes = FrameCodec.encode(frame);
            io.vedette.proto.v1.Frame parsed = io.vedette.proto.v1.Frame.parseFrom(bytes);
            assertThat(ProtobufFrames.toDomain(parsed)).isEqualTo(frame);
            assertThat(parsed.getUnknownFields().asMap()).isEmpty();
            assertThat(parsed.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void theGoldenFileIsStillReadAndWritten() throws IOException {
        byte[] bytes = FrameCodec.encode(typical());
        Path written = Files.write(Path.of("target", "frame-v1.binpb"), bytes);
        try (InputStream golden = FrameCodecTest.class.getResourceAsStream("frame-v1.binpb")) {
            assertThat(golden).as("copy %s into the resources", written).isNotNull();
            assertThat(bytes).isEqualTo(golden.readAllBytes());
        }
        assertThat(FrameCodec.decode(bytes)).isEqualTo(typical());
    }

    @Test
    void aTypicalFrameTakesAtMostOneAndAHalfKilobytes() {
        assertThat(FrameCodec.encode(typical())).hasSizeLessThanOrEqualTo(1536);
    }

    @Test
    void fieldsAndSignalsOfLaterVersionsAreSkipped() {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(
                        99,
                        UnknownFieldSet.Field.newBuilder()
                                .addFixed32(1)
                                .addVarint(2)
                                .addLengthDelimited(ByteString.copyFromUtf8("later"))
                                .addGroup(UnknownFieldSet.newBuilder()
                                        .addField(
                                                1,
                                                UnknownFieldSet.Field.newBuilder()
                                                        .addVarint(1)
                                                        .build())
                                        .build())
                                .build())
                .build();
        byte[] later = edited(frame -> frame.setUnknownFields(unknown)
                .setEntity(frame.getEntity().toBuilder().setUnknownFields(unknown))
                .setGauges(frame.getGauges().toBuilder().addSignals(120).addValues(7))
                .setLatest(frame.getLatest().toBuilder().setUnknownFields(unknown))
                .setLife(frame.getLife().toBuilder().setUnknownFields(unknown))
                .setWindows(0, frame.getWindows(0).toBuilder().setUnknownFields(unknown))
                .setBounds(0, frame.getBounds(0).toBuilder().setUnknownFields(unknown))
                .setGrowth(0, frame.getGrowth(0).toBuilder().setUnknownFields(unknown))
                .addGrowth(Growth.newBuilder().setSignal(121).addExact(1))
                .addObservations(
                        Observations.newBuilder().setSignal(Integer.MAX_VALUE).setBounds(77))
                .setGaugeStats(0, frame.getGaugeStats(0).toBuilder().setUnknownFields(unknown)));
        assertThat(FrameCodec.decode(later)).isEqualTo(typical());
    }

    @Test
    void numbersMayAlsoComeOneByOneAndFieldsInAnyOrder() {
        byte[] bytes = FrameCodec.encode(typical());
        // The gauges once more, unpacked: of a field that is not repeated, the last counts.
        byte[] unpacked = {7 << 3 | 2, 11, 1 << 3, 32, 2 << 3 | 1, 0, 0, 0, 0, 0, 0, 0x10, 0x40};
        assertThat(FrameCodec.decode(concat(bytes, unpacked)).gauges())
                .isEqualTo(io.vedette.model.signal.Gauges.none().with(Signal.REQUESTS_RUNNING, 4));
        assertThat(FrameCodec.decode(concat(reversedGroups(bytes), new byte[0])))
                .isEqualTo(typical());
    }

    /** The frame with its windows and bounds behind what refers to them. */
    private static byte[] reversedGroups(byte[] bytes) {
        io.vedette.proto.v1.Frame frame = parse(bytes);
        byte[] first = frame.toBuilder().clearWindows().clearBounds().build().toByteArray();
        byte[] last = io.vedette.proto.v1.Frame.newBuilder()
                .addAllBounds(frame.getBoundsList())
                .addAllWindows(frame.getWindowsList())
                .build()
                .toByteArray();
        return concat(first, last);
    }

    private static byte[] concat(byte[] some, byte[] others) {
        byte[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        return all;
    }

    @Test
    void aPartOfAnArrayCanBeRead() {
        byte[] bytes = FrameCodec.encode(typical());
        byte[] padded = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, padded, 7, bytes.length);
        assertThat(FrameCodec.decode(padded, 7, bytes.length)).isEqualTo(typical());
    }

    @Test
    void whatIsWrongIsClassified() {
        byte[] bytes = FrameCodec.encode(typical());
        assertFails(new byte[0], Reason.VERSION, "version 0");
        assertFails("<html>".getBytes(StandardCharsets.UTF_8), Reason.BROKEN, "");
        assertFails(Arrays.copyOf(bytes, bytes.length - 1), Reason.BROKEN, "");
        assertFails(edited(f -> f.setVersion(2)), Reason.VERSION, "version 2");
        assertFails(edited(f -> f.clearEntity()), Reason.INVALID, "without an entity");
        assertFails(edited(f -> f.setEntity(Entity.newBuilder().setKindValue(9))), Reason.INVALID, "no kind");
        assertFails(edited(f -> f.clearRelease()), Reason.INVALID, "no release");
        assertFails(edited(f -> f.setTickMillis(7)), Reason.INVALID, "not a tick");
        assertFails(edited(f -> f.setGauges(Gauges.newBuilder().addSignals(32))), Reason.INVALID, "0 values of 1");
        assertFails(
                edited(f -> f.setGauges(Gauges.newBuilder().addSignals(1).addValues(1))), Reason.INVALID, "no gauge");
        assertFails(edited(f -> f.addGrowth(Growth.newBuilder().setSignal(64))), Reason.INVALID, "no COUNTER");
        assertFails(
                edited(f -> f.addGrowth(Growth.newBuilder().setSignal(1).addWindows(3))),
                Reason.INVALID,
                "no window has the index 3");
        assertFails(
                edited(f -> f.setGrowth(0, f.getGrowth(0).toBuilder().addFixed(1))),
                Reason.INVALID,
                "values of a counter");
        assertFails(
                edited(f -> f.addObservations(
                        Observations.newBuilder().setSignal(64).setBounds(99))),
                Reason.INVALID,
                "no bounds have the number 99");
        assertFails(
                edited(f ->
                        f.setObservations(0, f.getObservations(0).toBuilder().setGaps(0, 99))),
                Reason.INVALID,
                "beyond the last");
        assertFails(
                edited(f -> f.setBounds(0, f.getBounds(0).toBuilder().setDecimals(-1))), Reason.INVALID, "decimals");
        assertFails(
                edited(f -> f.setWindows(0, f.getWindows(0).toBuilder().setCoveredMillis(70_000))),
                Reason.INVALID,
                "70000 ms covered");
    }

    @Test
    void aFrameThatWouldFillTheHeapIsRefused() {
        byte[] bomb = edited(frame -> {
            io.vedette.proto.v1.Bounds.Builder bounds = io.vedette.proto.v1.Bounds.newBuilder();
            for (int i = 0; i < 10_000; i++) {
                bounds.addSteps(1);
            }
            frame.addBounds(bounds);
            Observations small = Observations.newBuilder()
                    .setSignal(64)
                    .setBounds(frame.getBoundsCount())
                    .addSums(0)
                    .addSums(0)
                    .addSums(0)
                    .build();
            for (int i = 0; i < 1_000; i++) {
                frame.addObservations(small);
            }
            return frame;
        });
        assertFails(bomb, Reason.INVALID, "more than 262144 numbers");
    }

    private static void assertFails(byte[] bytes, Reason reason, String message) {
        assertThatThrownBy(() -> FrameCodec.decode(bytes))
                .isInstanceOfSatisfying(
                        FrameFormatException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void mutatedBytesAreReadOrRefusedButNothingElseIsThrown() {
        Random random = new Random(3);
        RandomFrames frames = new RandomFrames(4);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = FrameCodec.encode(i == 0 ? typical() : frames.next());
            for (int j = 0; j < 200; j++) {
                byte[] mutated = bytes.clone();
                for (int k = random.nextInt(4); k >= 0; k--) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                }
                readOrRefuse(Arrays.copyOf(
                        mutated, random.nextInt(8) == 0 ? random.nextInt(mutated.length) : mutated.length));
            }
        }
    }

    private static void readOrRefuse(byte[] bytes) {
        try {
            FrameCodec.decode(bytes);
        } catch (FrameFormatException refused) {
            assertThat(refused.reason()).isNotNull();
        }
    }

    private static byte[] edited(UnaryOperator<io.vedette.proto.v1.Frame.Builder> edit) {
        return edit.apply(parse(FrameCodec.encode(typical())).toBuilder())
                .build()
                .toByteArray();
    }

    private static io.vedette.proto.v1.Frame parse(byte[] bytes) {
        try {
            return io.vedette.proto.v1.Frame.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** A replica of vLLM with its default bounds at some 3 requests a second, all windows full. */
    private static Frame typical() {
        return Frames.replica(Frames.BUSY, window(60_000, 1), window(300_000, 5), window(600_000, 10));
    }

    private static Window window(long duration, int minutes) {
        double n = 183.2513427734375 * minutes;
        WindowBuilder window = new WindowBuilder(duration, duration)
                .grown(Signal.FINISHED_REQUESTS, "stop", n * 0.75)
                .grown(Signal.FINISHED_REQUESTS, "length", n * 0.25)
                .grown(Signal.FINISHED_REQUESTS, "abort", 0)
                .grown(Signal.FINISHED_REQUESTS, "error", 0)
                .grown(Signal.FINISHED_REQUESTS, "repetition", 0)
                .grown(Signal.HTTP_REQUESTS, "2xx", n)
                .grown(Signal.HTTP_REQUESTS, "4xx", 1)
                .grown(Signal.PROMPT_TOKENS, n * 512)
                .grown(Signal.GENERATION_TOKENS, n * 256)
                .grown(Signal.PREEMPTIONS, 0)
                .grown(Signal.PREFIX_CACHE_QUERIES, n * 512)
                .grown(Signal.PREFIX_CACHE_HITS, n * 64)
                .gauge(Signal.REQUESTS_RUNNING, 4 + 1.0 / (2 + minutes), 9, 12 * minutes)
                .gauge(Signal.REQUESTS_WAITING, 1.0 / (2 + minutes), 2, 12 * minutes)
                .gauge(Signal.KV_CACHE_USAGE, 0.2 + 0.1 / (2 + minutes), 0.31234567, 12 * minutes);
        window.observed(Signal.E2E_REQUEST_LATENCY, spread(LATENCY, n, 2.1, 4, 5));
        window.observed(Signal.TIME_TO_FIRST_TOKEN, spread(FIRST_TOKEN, n, 0.12, 6, 5));
        window.observed(Signal.INTER_TOKEN_LATENCY, spread(TOKEN_LATENCY, n * 256, 0.02, 0, 6));
        window.observed(Signal.TIME_PER_OUTPUT_TOKEN, spread(TOKEN_LATENCY, n, 0.02, 0, 3));
        window.observed(Signal.REQUEST_QUEUE_TIME, spread(LATENCY, n, 0.01, 0, 2));
        window.observed(Signal.REQUEST_PREFILL_TIME, spread(LATENCY, n, 0.1, 0, 2));
        window.observed(Signal.REQUEST_DECODE_TIME, spread(LATENCY, n, 2, 4, 5));
        window.observed(Signal.REQUEST_PROMPT_TOKENS, spread(TOKENS, n, 512, 5, 4));
        window.observed(Signal.REQUEST_GENERATION_TOKENS, spread(TOKENS, n, 256, 5, 3));
        window.observed(Signal.REQUEST_COMPUTED_TOKENS, spread(TOKENS, n, 448, 5, 4));
        return window.build();
    }

    /** The last bucket is seldom hit, so that its count is whole; as in real scrapes, where a fifth of the counts are. */
    private static Histogram spread(double[] bounds, double n, double mean, int first, int buckets) {
        double[] counts = new double[bounds.length + 1];
        for (int i = 0; i < buckets; i++) {
            counts[first + i] = n / buckets * (1 + 0.1 * (i - (buckets - 1) / 2.0));
        }
        counts[first + buckets - 1] = Math.rint(n / 20);
        return Frames.histogram(bounds, n * mean, counts);
    }
}
