package io.vedette.jobs.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.frame.Frame;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.Target;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of {@code vedette.samples} that cannot be used are set aside with a reason, and their neighbours are none the worse for it. */
class BrokenRecordsTest {
    private static final long T0 = RandomFleet.T0;
    private static final Target GOOD = SampleTopic.target("good:8000");
    private static final byte[] SCRAPE = scrape(SampleTopic.target("other:8000"));

    /** What is wrong with a record, and what is said of it. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to the arrays
    enum Broken {
        NO_PROTOBUF("other:8000", "{\"resourceMetrics\": []}".getBytes(StandardCharsets.UTF_8), 5_000, "malformed"),
        CUT_OFF("other:8000", Arrays.copyOf(SCRAPE, SCRAPE.length / 2), 5_000, "malformed"),
        CUT_OFF_WITHOUT_KEY("", Arrays.copyOf(SCRAPE, SCRAPE.length / 2), 0, "malformed"),
        FOREIGN_FIELDS("", foreignFields(), 0, "unnamed"),
        EMPTY_RESOURCE("", resources(ResourceMetrics.getDefaultInstance()), 0, "unnamed"),
        EMPTY_RESOURCE_WITH_KEY("other:8000", resources(ResourceMetrics.getDefaultInstance()), 5_000, "unnamed"),
        ANOTHER_TARGETS_KEY("good:8000", SCRAPE, 5_000, "wrong-key"),
        SEVERAL_TARGETS_UNDER_ONE_KEY("good:8000", joined(scrape(GOOD), SCRAPE), 5_000, "wrong-key"),
        NO_METRIC_THAT_SAYS_WHEN("other:8000", untimed(), 5_000, "untimed"),
        NO_METRIC_THAT_SAYS_WHEN_WITHOUT_KEY("", untimed(), 0, "untimed");

        private final String key;
        private final byte[] value;
        private final long intervalMillis;
        private final String reason;

        Broken(String key, byte[] value, long intervalMillis, String reason) {
            this.key = key;
            this.value = value;
            this.intervalMillis = intervalMillis;
            this.reason = reason;
        }
    }

    private static byte[] scrape(Target target) {
        return RecordWriter.scrape(
                target, new ExpositionParser().parse(new FakeEngine("tiny", T0).body()), T0 + 31_000, 0.01, 0);
    }

    private static byte[] resources(ResourceMetrics... resources) {
        return ExportMetricsServiceRequest.newBuilder()
                .addAllResourceMetrics(List.of(resources))
                .build()
                .toByteArray();
    }

    private static byte[] foreignFields() {
        return UnknownFieldSet.newBuilder()
                .addField(
                        9,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("something else"))
                                .build())
                .build()
                .toByteArray();
    }

    private static byte[] untimed() {
        try {
            ResourceMetrics scrape =
                    ExportMetricsServiceRequest.parseFrom(SCRAPE).getResourceMetrics(0);
            return resources(scrape.toBuilder().clearScopeMetrics().build());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[]... records) {
        byte[] joined = new byte[0];
        for (byte[] record : records) {
            int end = joined.length;
            joined = Arrays.copyOf(joined, end + record.length);
            System.arraycopy(record, 0, joined, end, record.length);
        }
        return joined;
    }

    /** A target that is scraped for a minute, with other records between. */
    private static SampleTopic topicWith(byte[] value, String key, long intervalMillis) {
        SampleTopic topic = new SampleTopic(1).beats(T0, T0 + 70_000);
        FakeEngine engine = new FakeEngine("tiny", T0 - 60_000);
        for (long time = T0 + 1_000; time <= T0 + 60_000; time += 5_000) {
            topic.scrape(GOOD, engine.serve(3, 0.3), time, time + 50, 5_000);
        }
        if (value.length > 0) {
            topic.append(key, value, T0 + 31_500, intervalMillis);
        }
        return topic;
    }

    private static List<Frame> framesOfGood(DeriveHarness harness) {
        return harness.frames.stream()
                .filter(frame -> !frame.entity().instance().equals("other:8000"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Broken.class)
    void isRejectedWithItsReasonAndNeighboursAreUnharmed(Broken broken) throws Exception {
        try (DeriveHarness undisturbed = new DeriveHarness(1, 1);
                DeriveHarness disturbed = new DeriveHarness(1, 1)) {
            undisturbed.readAll(topicWith(new byte[0], "", 0).inOrder());
            disturbed.readAll(
                    topicWith(broken.value, broken.key, broken.intervalMillis).inOrder());

            assertThat(disturbed.rejected).hasSize(1).allSatisfy(rejected -> {
                assertThat(rejected.reason()).isEqualTo(broken.reason);
                assertThat(rejected.key()).isIn(broken.key, "other:8000");
                assertThat(rejected.value()).isEqualTo(broken.value);
            });
            assertThat(disturbed.frames).isEqualTo(undisturbed.frames);
        }
    }

    @Test
    void theGoodResourcesOfARecordAreUsedWhateverStandsBesideThem() throws Exception {
        byte[] mixed = joined(
                resources(ResourceMetrics.getDefaultInstance()),
                scrape(SampleTopic.target("first:8000")),
                untimed(),
                SCRAPE);
        byte[] again = joined(scrapeAt("first:8000", T0 + 46_000), scrapeAt("other:8000", T0 + 46_000));
        SampleTopic topic = topicWith(mixed, "", 0).append("", again, T0 + 46_500, 0);
        try (DeriveHarness harness = new DeriveHarness(1, 2)) {
            harness.readAll(topic.inOrder());

            assertThat(harness.rejected.stream().map(Rejected::reason)).containsExactly("unnamed", "untimed");
            assertThat(harness.frames.stream().map(f -> f.entity().instance()).distinct())
                    .contains("first:8000", "other:8000", "good:8000");
        }
    }

    private static byte[] scrapeAt(String instance, long timeMillis) {
        return RecordWriter.scrape(
                SampleTopic.target(instance),
                new ExpositionParser().parse(new FakeEngine("tiny", T0).body()),
                timeMillis,
                0.01,
                0);
    }

    @Test
    void aBeatIsNoScrapeAndNotRejected() throws Exception {
        try (DeriveHarness harness = new DeriveHarness(1, 1)) {
            harness.readAll(topicWith(new byte[0], "", 0).inOrder());

            assertThat(harness.rejected).isEmpty();
            assertThat(framesOfGood(harness)).isNotEmpty();
        }
    }
}
