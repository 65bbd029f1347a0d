package io.vedette.jobs.life;

import io.vedette.jobs.rules.Evidences;
import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.Scope;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertEvent.ResolvedReason;
import io.vedette.model.frame.Frame;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes alert events.
 *
 * @param runbook page whose anchors are the rules' ids
 * @param lateBeforeMillis events of earlier ticks are told long after they happened, and marked so; 0 for none
 */
public record EventWriter(String runbook, long lateBeforeMillis) {
    boolean isLate(long tickMillis) {
        return tickMillis < lateBeforeMillis;
    }

    /** The alert as the candidate that it now shows makes it; {@code before} is null when it begins. */
    OpenAlert open(@Nullable OpenAlert before, CandidateState shown, Rule rule, Scope scope) {
        Level level = rule.level(shown.severity()).orElseThrow();
        return new OpenAlert(
                rule.id(),
                level.severity(),
                before == null ? 1 : before.sequence() + 1,
                before == null ? shown.pendingSinceMillis() : before.pendingSinceMillis(),
                before == null ? scope.situation().frame().tickMillis() : before.startsAtMillis(),
                level.threshold().evaluate(scope),
                level.measure().symbol(),
                rule.window(),
                level.summary().render(scope),
                level.action().render(scope));
    }

    /** @param level null where the rule is gone */
    AlertEvent firing(String family, OpenAlert open, @Nullable Level level, Scope scope) {
        return event(family, open, open.sequence(), null, level, scope);
    }

    /** @param level null where the rule is gone */
    AlertEvent resolved(String family, OpenAlert open, ResolvedReason reason, @Nullable Level level, Scope scope) {
        return event(family, open, open.sequence() + 1, reason, level, scope);
    }

    private AlertEvent event(
            String family,
            OpenAlert open,
            long sequence,
            @Nullable ResolvedReason reason,
            @Nullable Level level,
            Scope scope) {
        Frame frame = scope.situation().frame();
        Instant tick = Instant.ofEpochMilli(frame.tickMillis());
        return new AlertEvent(
                sequence,
                open.alertname(),
                family,
                open.severity(),
                reason == null ? AlertEvent.State.FIRING : AlertEvent.State.RESOLVED,
                frame.entity().face(),
                Instant.ofEpochMilli(open.pendingSinceMillis()),
                Instant.ofEpochMilli(open.startsAtMillis()),
                reason == null ? null : tick,
                tick,
                level == null ? Double.NaN : level.value().evaluate(scope),
                open.threshold(),
                open.unit(),
                open.window(),
                open.summary(),
                open.action(),
                runbook + '#' + open.alertname(),
                isLate(frame.tickMillis()),
                reason,
                level == null ? List.of() : Evidences.of(level.reads(), scope));
    }
}
