package io.vedette.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScrapeScheduleTest {
    private static final Duration START = Duration.ofSeconds(1_000_000).plusMillis(123);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final FakeTime time = new FakeTime(START);

    /** Notes when it scrapes; scrapes end at once or when told to. */
    private final class Target implements ScrapeSchedule.Work {
        private final List<Long> scrapes = new ArrayList<>();
        private boolean slow;
        private CompletableFuture<String> running = new CompletableFuture<>();
        private long skipped;

        @Override
        public CompletionStage<?> scrape() {
            scrapes.add(time.nanos());
            running = new CompletableFuture<>();
            if (!slow) {
                running.complete("done");
            }
            return running;
        }

        @Override
        public void skipped(long count) {
            skipped += count;
        }

        List<Long> gapsMillis() {
            return IntStream.range(1, scrapes.size())
                    .mapToObj(i -> (scrapes.get(i) - scrapes.get(i - 1)) / 1_000_000)
                    .toList();
        }
    }

    private ScrapeSchedule start(String name, Target target) {
        ScrapeSchedule schedule = new ScrapeSchedule(name, INTERVAL, time::nanos, time, target);
        schedule.start();
        return schedule;
    }

    @Test
    void scrapesANewTargetAtOnceAndThenOnTheGrid() {
        Target target = new Target();
        start("a:8000", target);
        time.advance(Duration.ofMinutes(1));

        assertThat(target.scrapes).hasSize(13).first().isEqualTo(START.toNanos());
        assertThat(target.gapsMillis().subList(1, 12)).containsOnly(5000L);
        assertThat(target.skipped).isZero();
    }

    @Test
    void keepsTheSameGridAfterARestart() {
        Target before = new Target();
        start("a:8000", before).close();
        start("a:8000", before);
        time.advance(Duration.ofMillis(77_777));
        Target after = new Target();
        start("a:8000", after);
        time.advance(INTERVAL);

        long period = INTERVAL.toNanos();
        assertThat(after.scrapes.get(1) % period).isEqualTo(before.scrapes.get(1) % period);
    }

    @Test
    void neverDriftsWhenTheTimerIsLate() {
        Target target = new Target();
        ScrapeSchedule schedule = new ScrapeSchedule(
                "a:8000", INTERVAL, time::nanos, (delay, task) -> time.after(delay.plusMillis(40), task), target);
        schedule.start();
        time.advance(Duration.ofHours(1));

        assertThat(target.scrapes).hasSize(721);
        assertThat(target.gapsMillis().subList(1, 720)).containsOnly(5000L);
    }

    @Test
    void spreadsTargetsOverTheInterval() {
        int[] perSecond = new int[5];
        for (int port = 8000; port < 8100; port++) {
            Target target = new Target();
            start("10.0.0.7:" + port, target);
            time.advance(INTERVAL);
            perSecond[(int) (target.scrapes.get(1) / 1_000_000_000 % 5)]++;
        }

        assertThat(perSecond).doesNotContain(0).satisfies(counts -> assertThat(
                        IntStream.of(counts).max().orElseThrow())
                .isLessThan(35));
    }

    @Test
    void skipsAndCountsWhatWouldOverlap() {
        Target target = new Target();
        target.slow = true;
        start("a:8000", target);
        time.advance(Duration.ofSeconds(15));

        assertThat(target.scrapes).hasSize(1);
        assertThat(target.skipped).isEqualTo(3);

        target.running.complete("at last");
        time.advance(INTERVAL);

        assertThat(target.scrapes).hasSize(2);
    }

    @Test
    void isNotHeldUpByAnotherTarget() {
        Target slow = new Target();
        slow.slow = true;
        Target quick = new Target();
        start("slow:8000", slow);
        start("quick:8000", quick);
        time.advance(Duration.ofMinutes(1));

        assertThat(slow.scrapes).hasSize(1);
        assertThat(quick.scrapes).hasSize(13);
    }

    @Test
    void countsTheInstantsThatTheMachineSleptThrough() {
        Target target = new Target();
        start("a:8000", target);
        time.advance(INTERVAL);
        assertThat(target.scrapes).hasSize(2);

        time.freeze(Duration.ofSeconds(60));
        assertThat(target.scrapes).hasSize(3);
        assertThat(target.skipped).isEqualTo(11);

        time.advance(Duration.ofSeconds(10));
        assertThat(target.scrapes).hasSize(5);
    }

    @Test
    void goesOnAfterAScrapeThatThrows() {
        List<Long> scrapes = new ArrayList<>();
        ScrapeSchedule schedule = new ScrapeSchedule("a:8000", INTERVAL, time::nanos, time, new ScrapeSchedule.Work() {
            @Override
            public CompletionStage<?> scrape() {
                scrapes.add(time.nanos());
                throw new IllegalStateException("a mistake of ours");
            }

            @Override
            public void skipped(long count) {
                throw new AssertionError("nothing is skipped");
            }
        });
        schedule.start();
        time.advance(Duration.ofSeconds(15));

        assertThat(scrapes).hasSize(4);
    }

    @Test
    void endsWhenClosed() {
        Target target = new Target();
        ScrapeSchedule schedule = start("a:8000", target);
        time.advance(INTERVAL);
        schedule.close();
        time.advance(Duration.ofMinutes(1));

        assertThat(target.scrapes).hasSize(2);
    }
}
