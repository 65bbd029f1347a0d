package io.vedette.jobs.panes;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.frame.GaugeStats;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaneHistoryTest {
    private static final int[] WINDOWS = {12, 60, 120};
    private static final long FIRST = 358_000_000L;

    @Test
    void aWindowIsTheSumOfItsPanes() {
        PaneHistory history = new PaneHistory(WINDOWS, 0, FIRST);
        for (long pane = FIRST; pane < FIRST + 200; pane++) {
            history.add(pane, 0, new long[] {pane - FIRST + 1});
            history.coverAtLeast(pane, 5_000);
            history.advance(pane);
        }

        assertThat(history.sums(0)).containsExactly(sumOf(189, 200));
        assertThat(history.sums(1)).containsExactly(sumOf(141, 200));
        assertThat(history.sums(2)).containsExactly(sumOf(81, 200));
        assertThat(history.coveredMillisOf(0)).isEqualTo(60_000);
    }

    private static long sumOf(long first, long last) {
        return (first + last) * (last - first + 1) / 2;
    }

    @Test
    void growthThatComesLateCountsInTheWindowsThatReachIt() {
        PaneHistory history = new PaneHistory(WINDOWS, 0, FIRST);
        history.advance(FIRST + 100);

        history.add(FIRST + 95, 2, new long[] {7});
        history.add(FIRST + 60, 1, new long[] {3});

        assertThat(history.sums(0)).containsExactly(0, 0, 7);
        assertThat(history.sums(1)).containsExactly(0, 3, 7);
    }

    @Test
    void growthAheadOfTheEndWaitsForIt() {
        PaneHistory history = new PaneHistory(WINDOWS, 0, FIRST);
        history.advance(FIRST);
        history.add(FIRST + 1, 0, new long[] {5});

        assertThat(Arrays.stream(history.sums(0)).sum()).isZero();
        history.advance(FIRST + 1);
        assertThat(history.sums(0)).containsExactly(5);
    }

    @Test
    void aJumpPastEverythingLeavesNothing() {
        PaneHistory history = new PaneHistory(WINDOWS, 1, FIRST);
        history.add(FIRST, 0, new long[] {5});
        history.observe(FIRST, 0, 1);
        history.coverAtLeast(FIRST, 5_000);
        history.advance(FIRST);

        history.advance(FIRST + 10_000);

        assertThat(Arrays.stream(history.sums(2)).sum()).isZero();
        assertThat(history.coveredMillisOf(2)).isZero();
        assertThat(history.gaugeStats(2, 0)).isNull();
    }

    @Test
    void windowSumsEqualTheirPanesAfterAnyOrderOfArrival() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<long[]> additions = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                additions.add(new long[] {FIRST + random.nextInt(150), random.nextInt(40), random.nextLong(1L << 40)});
            }
            PaneHistory ordered = new PaneHistory(WINDOWS, 0, FIRST);
            additions.stream().sorted((a, b) -> Long.compare(a[0], b[0])).forEach(a -> {
                ordered.advance(a[0]);
                ordered.add(a[0], (int) a[1], new long[] {a[2]});
            });
            ordered.advance(FIRST + 149);

            PaneHistory shuffled = new PaneHistory(WINDOWS, 0, FIRST);
            shuffled.advance(FIRST + 100);
            Collections.shuffle(additions, random);
            List<long[]> ahead = new ArrayList<>();
            for (long[] a : additions) {
                if (shuffled.holds(a[0])) {
                    shuffled.add(a[0], (int) a[1], new long[] {a[2]});
                } else if (a[0] > shuffled.end()) {
                    ahead.add(a);
                }
            }
            shuffled.advance(FIRST + 149);
            ahead.forEach(a -> shuffled.add(a[0], (int) a[1], new long[] {a[2]}));

            for (int w = 0; w < WINDOWS.length; w++) {
                long[] expected = new long[40];
                for (long[] a : additions) {
                    if (a[0] > FIRST + 149 - WINDOWS[w]) {
                        expected[(int) a[1]] += a[2];
                    }
                }
                assertThat(Arrays.copyOf(ordered.sums(w), 40))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
                assertThat(Arrays.copyOf(shuffled.sums(w), 40))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadBackAndGoesOnTheSame() throws IOException {
        Random random = new Random(7);
        PaneHistory history = new PaneHistory(WINDOWS, 2, FIRST);
        for (long pane = FIRST; pane < FIRST + 150; pane++) {
            history.add(pane, random.nextInt(30), new long[] {random.nextInt(1000), random.nextInt(3)});
            history.coverAtLeast(pane, random.nextInt(5_001));
            history.observe(pane, random.nextInt(2), random.nextDouble());
            history.advance(pane);
            history.add(pane + 1, 3, new long[] {1});
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PaneCodec.writeHistory(new DataOutputStream(bytes), history);
        PaneHistory read = PaneCodec.readHistory(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 3);
        PaneHistory copy = history.copy();
        assertThat(read.gaugeStats(0, 2)).as("a gauge that is new").isNull();
        read.observe(FIRST + 150, 2, 7);

        for (PaneHistory each : List.of(history, read, copy)) {
            each.add(FIRST + 140, 1, new long[] {9});
            each.advance(FIRST + 155);
        }
        for (PaneHistory other : List.of(read, copy)) {
            for (int w = 0; w < WINDOWS.length; w++) {
                assertThat(Arrays.copyOf(other.sums(w), 40)).isEqualTo(Arrays.copyOf(history.sums(w), 40));
                assertThat(other.coveredMillisOf(w)).isEqualTo(history.coveredMillisOf(w));
                for (int g = 0; g < 2; g++) {
                    assertThat(other.gaugeStats(w, g)).isEqualTo(history.gaugeStats(w, g));
                }
            }
        }
    }

    @Test
    void otherWindowsAreFilledFromTheSamePanes() {
        PaneHistory history = new PaneHistory(WINDOWS, 1, FIRST);
        for (long pane = FIRST; pane < FIRST + 150; pane++) {
            history.add(pane, 0, new long[] {1});
            history.coverAtLeast(pane, 5_000);
            history.observe(pane, 0, 2);
            history.advance(pane);
        }

        PaneHistory reshaped = history.reshaped(new int[] {24, 240});

        assertThat(reshaped.sums(0)).containsExactly(24);
        assertThat(reshaped.sums(1)).containsExactly(120);
        assertThat(reshaped.coveredMillisOf(1)).isEqualTo(600_000);
        assertThat(reshaped.gaugeStats(0, 0)).isEqualTo(new GaugeStats(2, 2, 24));
    }

    @Test
    void growthIsSpreadSoThatThePanesAddUpToIt() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            long from = FIRST * 5_000 + random.nextInt(20_000);
            long to = from + 1 + random.nextInt(60_000);
            long growth = random.nextLong(1L << 50);
            long sum = 0;
            int covered = 0;
            for (long pane = PaneHistory.paneOf(from + 1); pane <= PaneHistory.paneOf(to); pane++) {
                long share = Spread.share(growth, from, to, pane);
                assertThat(share).isNotNegative();
                sum += share;
                covered += Spread.overlapMillis(from, to, pane);
            }
            assertThat(sum).isEqualTo(growth);
            assertThat(covered).isEqualTo(to - from);
        }
    }
}
