package io.vedette.jobs.derive;

import static io.vedette.jobs.derive.RandomFleet.T0;
import static io.vedette.jobs.track.FakeCards.MIB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vedette.jobs.track.FakeCards;
import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.OwnerState;
import io.vedette.model.frame.Window;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From scrapes of cards and of engines to the frames of cards, of a replica's cards and of a node. */
class CardsTest {
    private static final Target CARDS =
            new Target("gpus@node-1", "node-1", "agent", "", "both", Map.of("rack", "r1", "zone", "a"));
    private static final String RESERVED =
            "# TYPE vllm:cache_config_info gauge\nvllm:cache_config_info{engine=\"0\",gpu_memory_utilization=\"0.9\"} 1\n";

    private final FakeCards cards = new FakeCards(2).work(0, 80, 22_535).work(1, 20, 22_535);
    private final FakeEngine engine = new FakeEngine("large", T0 - 3_600_000);
    private final SampleTopic topic = new SampleTopic(2);

    private static Target replica(String name, List<String> gpus) {
        return new Target(name, "node-1", "agent", "", "both", gpus, Map.of("rack", "r1"));
    }

    private CardsTest engines(Target target, int fromSeconds, int toSeconds) {
        for (int s = fromSeconds; s <= toSeconds; s += 5) {
            engine.serve(2, 1).load(1, 0.2);
            long time = T0 + s * 1_000L + 700;
            String body = new String(engine.body(), UTF_8) + RESERVED;
            topic.scrape(target, body.getBytes(UTF_8), time, time + 30, 5_000);
        }
        return this;
    }

    private CardsTest cards(int fromSeconds, int toSeconds) {
        for (int s = fromSeconds; s <= toSeconds; s += 5) {
            long time = T0 + s * 1_000L + 300;
            topic.scrape(CARDS, cards.body(), time, time + 30, 5_000);
        }
        return this;
    }

    private List<Frame> frames(int toSeconds) throws Exception {
        topic.beats(T0, T0 + toSeconds * 1_000L);
        try (DeriveHarness harness = new DeriveHarness(2, 1)) {
            return new ArrayList<>(harness.readAll(topic.inOrder()).end().frames);
        }
    }

    private static Optional<Frame> at(List<Frame> frames, EntityKind kind, String gpu, int seconds) {
        return frames.stream()
                .filter(f -> f.entity().kind() == kind && f.entity().gpu().equals(gpu))
                .filter(f -> f.tickMillis() == T0 + seconds * 1_000L)
                .findFirst();
    }

    private static double mean(Window window, Signal gauge) {
        return requireNonNull(window.gauges().get(gauge)).mean();
    }

    @Test
    void aCardHasItsGaugesWindowsAndShareOfSlowTime() throws Exception {
        cards.slow(0, 0x40);
        cards(0, 30);
        cards.slow(0, 0);
        cards(35, 60);
        Frame frame = at(frames(65), EntityKind.GPU, "0", 60).orElseThrow();
        assertThat(frame.entity())
                .isEqualTo(Entity.gpu("node-1", "0", FakeCards.uuid(0), Map.of("rack", "r1", "zone", "a")));
        assertThat(frame.release()).isEqualTo(Release.SCRAPE);
        assertThat(frame.gauges().get(Signal.MEMORY_USED)).isEqualTo(22_535 * MIB);
        assertThat(frame.gauges().get(Signal.MEMORY_TOTAL)).isEqualTo(24_576 * MIB);
        assertThat(frame.gauges().get(Signal.UTILIZATION)).isEqualTo(0.8);
        assertThat(frame.gauges().get(Signal.LOST)).isZero();
        Window minute = frame.window(60_000).orElseThrow();
        assertThat(mean(minute, Signal.MEMORY_USED)).isEqualTo(22_535 * MIB);
        // Half of the time since the first reading.
        double slow = minute.perSecond(minute.growthOf(Signal.CLOCKS_EVENT, "hw_thermal_slowdown"));
        assertThat(slow).isCloseTo(0.5, within(0.01));
        assertThat(minute.growthOf(Signal.CLOCKS_EVENT, "hw_slowdown")).isZero();
        assertThat(minute.growthOf(Signal.XID_EVENTS)).isZero();
    }

    @Test
    void anotherNewestXidIsOneEventAndOneThatWasThereIsNone() throws Exception {
        cards.xid(0, 43);
        cards(0, 30);
        cards.xid(0, 79);
        cards(35, 60);
        Window minute = at(frames(65), EntityKind.GPU, "0", 60)
                .orElseThrow()
                .window(60_000)
                .orElseThrow();
        assertThat(minute.growthOf(Signal.XID_EVENTS, "79")).isEqualTo(1);
        assertThat(minute.growthOf(Signal.XID_EVENTS, "43")).isZero();
    }

    @Test
    void aTargetOfCardsIsNoReplica() throws Exception {
        cards(0, 60);
        assertThat(frames(65)).extracting(frame -> frame.entity().kind()).containsOnly(EntityKind.GPU, EntityKind.NODE);
    }

    @Test
    void aCardBelongsToTheReplicaThatIsConfiguredElseToTheOneWhoseProcessHoldsIt() throws Exception {
        cards.hold(0, "a:8000").hold(1, "a:8000");
        cards(0, 60).engines(replica("a:8000", List.of()), 0, 60).engines(replica("b:8000", List.of("1")), 0, 60);
        List<Frame> frames = frames(65);
        assertThat(at(frames, EntityKind.GPU, "0", 50).orElseThrow().entity().instance())
                .isEqualTo("a:8000");
        Frame second = at(frames, EntityKind.GPU, "1", 50).orElseThrow();
        assertThat(second.entity().instance()).isEqualTo("b:8000");
        assertThat(second.entity().modelName()).isNotEmpty();
        assertThat(second.gpus().owner()).isEqualTo(OwnerState.SERVING);
        assertThat(second.gauges().get(Signal.MEMORY_RESERVATION)).isEqualTo(0.9);
    }

    @Test
    void aCardThatSeveralHoldBelongsToItsNodeAlone() throws Exception {
        cards(0, 60).engines(replica("a:8000", List.of("0")), 0, 60).engines(replica("b:8000", List.of("0")), 0, 60);
        assertThat(at(frames(65), EntityKind.GPU, "0", 50)
                        .orElseThrow()
                        .entity()
                        .instance())
                .isEmpty();
    }

    @Test
    void whatAWarmReplicaUsesBeyondItsReservationIsLearnedInFiveMinutes() throws Exception {
        cards(0, 700).engines(replica("a:8000", List.of("0", "1")), 0, 700);
        List<Frame> frames = frames(710);
        assertThat(at(frames, EntityKind.GPU, "0", 200).orElseThrow().gauges().has(Signal.MEMORY_OVERHEAD))
                .isFalse();
        Frame later = at(frames, EntityKind.GPU, "0", 600).orElseThrow();
        assertThat(later.gauges().get(Signal.MEMORY_OVERHEAD)).isCloseTo((22_535 - 0.9 * 24_576) * MIB, within(1.0));
    }

    @Test
    void aReplicasCardsAndItsNodesTellHowFarTheyAreApart() throws Exception {
        cards.work(1, 20, 12_535);
        cards(0, 120).engines(replica("a:8000", List.of("0", "1")), 0, 120);
        List<Frame> frames = frames(130);
        for (EntityKind kind : List.of(EntityKind.NODE, EntityKind.REPLICA_GPUS)) {
            Frame frame = at(frames, kind, "", 100).orElseThrow();
            Window minute = frame.window(60_000).orElseThrow();
            assertThat(mean(minute, Signal.GPU_MEMORY_IMBALANCE)).isEqualTo(10_000 * MIB);
            assertThat(mean(minute, Signal.GPU_UTILIZATION_IMBALANCE)).isCloseTo(0.6, within(1e-9));
            assertThat(mean(minute, Signal.GPU_UTILIZATION_PEAK)).isCloseTo(0.8, within(1e-9));
            assertThat(frame.members()).isEqualTo(2);
            assertThat(frame.membersUp()).isEqualTo(2);
            assertThat(frame.gpus().cards()).extracting(gpu -> gpu.gpu()).containsExactly("0", "1");
        }
        assertThat(at(frames, EntityKind.REPLICA_GPUS, "", 100)
                        .orElseThrow()
                        .entity()
                        .face()
                        .key())
                .isEqualTo("replica|a:8000|0");
    }

    @Test
    void aCardThatVanishesIsLostUntilItIsBackAndOneWhoseTargetFailsIsNot() throws Exception {
        cards(0, 30);
        cards.lose(1);
        cards(35, 60);
        cards.find(1);
        cards(65, 90);
        for (int s = 95; s <= 110; s += 5) {
            long time = T0 + s * 1_000L + 300;
            topic.failure(CARDS, ScrapeFailure.TIMEOUT, time, time + 30, 5_000);
        }
        List<Frame> frames = frames(140);
        assertThat(List.of(30, 40, 60, 70, 90).stream().map(s -> at(frames, EntityKind.GPU, "1", s)
                        .orElseThrow()
                        .gauges()
                        .get(Signal.LOST)))
                .containsExactly(0.0, 1.0, 1.0, 0.0, 0.0);
        assertThat(at(frames, EntityKind.NODE, "", 50).orElseThrow().membersUp())
                .isEqualTo(1);
        Frame failing = at(frames, EntityKind.GPU, "1", 110).orElseThrow();
        assertThat(failing.gauges().has(Signal.LOST)).isFalse();
        assertThat(failing.up()).isZero();
    }

    @Test
    void twoTargetsThatShowOneCardAreOneEntityAndTheOneThatReadsMoreOftenIsBelieved() throws Exception {
        Target exporter = new Target("exporter", "node-1", "agent", "", "both", Map.of());
        FakeCards same = new FakeCards(2).work(0, 10, 1_000).work(1, 10, 1_000);
        for (int s = 0; s <= 120; s += 15) {
            long time = T0 + s * 1_000L + 100;
            topic.scrape(exporter, same.body(), time, time + 30, 15_000);
        }
        cards(20, 120);
        List<Frame> frames = frames(130).stream()
                .filter(f ->
                        f.entity().kind() == EntityKind.GPU && f.entity().gpu().equals("0"))
                .toList();
        assertThat(frames).extracting(Frame::tickMillis).isSorted().doesNotHaveDuplicates();
        assertThat(at(frames, EntityKind.GPU, "0", 10).orElseThrow().gauges().get(Signal.MEMORY_USED))
                .isEqualTo(1_000 * MIB);
        assertThat(frames.stream().filter(f -> f.tickMillis() > T0 + 40_000))
                .hasSizeGreaterThan(15)
                .allMatch(f -> f.gauges().get(Signal.MEMORY_USED) == 22_535 * MIB);
    }

    @Test
    void cardsEndWithTheirTarget() throws Exception {
        topic.targets("agent", List.of("gpus@node-1"), T0);
        cards(0, 60);
        topic.targets("agent", List.of(), T0 + 62_000);
        List<Frame> last = frames(80).stream().filter(Frame::isLast).toList();
        assertThat(last)
                .extracting(f -> f.entity().kind() + " " + f.entity().gpu() + " " + f.release())
                .containsExactlyInAnyOrder("GPU 0 REMOVED", "GPU 1 REMOVED", "NODE  GONE");
    }
}
