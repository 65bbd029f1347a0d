package io.vedette.jobs.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.rules.FrameBuilder;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.State;
import io.vedette.model.frame.Frame.Release;
import io.vedette.model.frame.Life;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.signal.Signal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever frames come, nothing is thrown, and what is told of an alert makes sense. */
class RandomFramesTest {
    private static final RuleSet RULES =
            RuleSet.load(List.of(RuleSet.builtIn()), SeriesSettings.DEFAULT_WINDOWS, Map.of());
    private static final List<Bounds> BOUNDS =
            List.of(Bounds.of(), Bounds.of(0.5, 2), Bounds.of(1, 3, 10), Bounds.of(100, 5_000));
    private static final List<Release> RELEASES = List.of(Release.values());
    private static final Signal[] SIGNALS = Signal.values();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void alertsBeginChangeAndEndInOrder(long seed) {
        watch(new Watch(RULES, FrameBuilder.serving().promptLimit(2_000)), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7, 8})
    void soTheyDoOnEntitiesOfWhichNothingIsKnown(long seed) {
        watch(Watch.ofNewcomer(RULES, FrameBuilder.serving().promptLimit(2_000)), seed);
    }

    private static void watch(Watch watch, long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            watch.given(frames -> changed(frames, random)).passes(5 * (1 + random.nextInt(40)));
        }

        assertThat(watch.events()).hasSizeGreaterThan(20);
        Map<String, AlertEvent> open = new HashMap<>();
        for (AlertEvent event : watch.events()) {
            AlertEvent before = open.get(event.fingerprint());
            if (before == null) {
                assertThat(event.state()).isEqualTo(State.FIRING);
                assertThat(event.sequence()).isEqualTo(1);
                assertThat(event.startsAt()).isEqualTo(event.updatedAt());
            } else {
                assertThat(event.sequence()).isEqualTo(before.sequence() + 1);
                assertThat(event.startsAt()).isEqualTo(before.startsAt());
                assertThat(event.updatedAt()).isAfter(before.updatedAt());
                assertThat(event.state() == State.RESOLVED
                                || !event.alertname().equals(before.alertname())
                                || event.severity() != before.severity())
                        .isTrue();
            }
            open.merge(event.fingerprint(), event, (a, b) -> b.state() == State.RESOLVED ? null : b);
        }
    }

    private static FrameBuilder changed(FrameBuilder frames, Random random) {
        Signal signal = SIGNALS[random.nextInt(SIGNALS.length)];
        return switch (random.nextInt(8)) {
            case 0 -> frames.without(signal);
            case 1 -> frames.downSince(random.nextBoolean() ? Watch.START : 0, "refused");
            case 2 ->
                frames.release(random.nextInt(4) > 0 ? Release.SCRAPE : RELEASES.get(random.nextInt(RELEASES.size())));
            case 3 ->
                frames.life(new Life(
                        Watch.START,
                        random.nextBoolean() ? Watch.START : 0,
                        0,
                        random.nextBoolean() ? Watch.START : 0,
                        random.nextInt(100),
                        random.nextInt(6),
                        0));
            default ->
                switch (signal.kind()) {
                    case GAUGE -> frames.gauge(signal, random.nextInt(10) * random.nextDouble());
                    case COUNTER ->
                        frames.growth(
                                signal,
                                List.of("", "stop", "error", "4xx", "5xx").get(random.nextInt(5)),
                                random.nextInt(100));
                    case HISTOGRAM -> frames.histogram(signal, observed(random));
                };
        };
    }

    private static Histogram observed(Random random) {
        Bounds bounds = BOUNDS.get(random.nextInt(BOUNDS.size()));
        double[] counts =
                random.doubles(bounds.buckets(), 0, 200).map(Math::floor).toArray();
        return FrameBuilder.observed(bounds, counts);
    }
}
