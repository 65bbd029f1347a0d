package io.vedette.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import io.vedette.model.sample.ScrapeFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReplaySummaryTest {
    private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
    private static final Instant FIRED = START.plusSeconds(242);
    private static final String SUMMARY = "gpu-7: its metrics have not been readable for 62.2 s (limit 60 s).";

    @Test
    void tellsWhatWasReplayedAndWhatFired() {
        ReplayResult result = new ReplayResult(
                List.of("gpu-7", "gpu-8"),
                1976,
                Map.of(ScrapeFailure.BODY, 3L, ScrapeFailure.REFUSED, 24L),
                START.toEpochMilli(),
                START.plusSeconds(900).toEpochMilli(),
                3960,
                List.of("gpu-9/scrapes.tar.xz cannot be read at all (it ends too early)"),
                List.of(event(1, FIRED, null), event(2, FIRED.plusSeconds(115), FIRED.plusSeconds(115))),
                Optional.empty());

        assertThat(printed(result, OptionalInt.empty())).isEqualTo("""
                2 targets (gpu-7, gpu-8), 2026-11-24T09:00:00Z to 2026-11-24T09:15:00Z: 15m in 3.2 s
                1976 scrapes, 27 failed (24 refused, 3 body); 3960 frames
                problem: gpu-9/scrapes.tar.xz cannot be read at all (it ends too early)

                after  state     severity  alert        where           what
                4m2s   firing    critical  target-down  gpu-7 engine 1  gpu-7: its metrics have not been readable for 62.2 s (limit 60 s).
                5m57s  resolved  critical  target-down  gpu-7 engine 1  recovered after 1m55s
                """);
    }

    @Test
    void cutsSentencesToTheWidthOfTheTerminal() {
        ReplayResult result = result(List.of(event(1, FIRED, null)));

        assertThat(printed(result, OptionalInt.of(90)).lines().toList().get(4))
                .isEqualTo("4m2s   firing  critical  target-down  gpu-7 engine 1  gpu-7: its metrics have not been re…")
                .hasSize(90);
    }

    @Test
    void leavesReadableSentencesOnANarrowTerminal() {
        ReplayResult result = result(List.of(event(1, FIRED, null)));

        assertThat(printed(result, OptionalInt.of(20)).lines().toList().get(4))
                .isEqualTo("4m2s   firing  critical  target-down  gpu-7 engine 1  gpu-7: its metrics have not b…");
    }

    @Test
    void saysThatNothingFired() {
        assertThat(printed(result(List.of()), OptionalInt.of(80))).isEqualTo("""
                1 target (gpu-7), 2026-11-24T09:00:00Z to 2026-11-24T09:15:00Z: 15m in 3.2 s
                181 scrapes, none failed; 181 frames

                nothing fired
                """);
    }

    @Test
    void tellsWhatOtherRulesChange() {
        List<AlertEvent> own = List.of(event(1, FIRED, null), event(2, FIRED.plusSeconds(115), FIRED.plusSeconds(115)));
        ReplayResult result = result(own);
        ReplayResult compared = new ReplayResult(
                result.targets(),
                result.scrapes(),
                result.failures(),
                result.firstMillis(),
                result.lastMillis(),
                result.frames(),
                result.problems(),
                own,
                Optional.of(RuleComparison.of(List.of(), own, false)));

        assertThat(printed(compared, OptionalInt.empty())).endsWith("""
                5m57s  resolved  critical  target-down  gpu-7 engine 1  recovered after 1m55s

                These rules ran in the place of the shipped ones; to run both, name those too: --rules rules/default.yaml, or in vedette.yaml rules: [rules/default.yaml, …].
                0 alerts as with the shipped rules; otherwise:
                change  family       where           with the shipped rules  with these
                more    target-down  gpu-7 engine 1  -                       target-down critical after 4m2s for 1m55s
                """);
    }

    private static ReplayResult result(List<AlertEvent> events) {
        return new ReplayResult(
                List.of("gpu-7"),
                181,
                Map.of(),
                START.toEpochMilli(),
                START.plusSeconds(900).toEpochMilli(),
                181,
                List.of(),
                events,
                Optional.empty());
    }

    private static AlertEvent event(long sequence, Instant at, @Nullable Instant end) {
        return new AlertEvent(
                sequence,
                "target-down",
                "target-down",
                Severity.CRITICAL,
                end == null ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
                Entity.replica("gpu-7", "1", "tiny", Entity.ROLE_BOTH, "", Map.of()),
                FIRED.minusSeconds(60),
                FIRED,
                end,
                at,
                62.2,
                60,
                "s",
                "",
                SUMMARY,
                "",
                "",
                false,
                end == null ? null : AlertEvent.ResolvedReason.RECOVERED,
                List.of());
    }

    private static String printed(ReplayResult result, OptionalInt columns) {
        StringWriter out = new StringWriter();
        ReplaySummary.print(result, Duration.ofMillis(3_210), columns, new PrintWriter(out));
        return out.toString();
    }
}
