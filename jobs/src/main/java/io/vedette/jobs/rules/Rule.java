package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.yaml.PrometheusDuration;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule that has been loaded and checked. Immutable.
 *
 * @param family alerts of a family on one entity are one alert
 * @param states in which the rule applies
 * @param windowMillis what windowed signals are read over
 * @param keepFiringMillis how long the condition must be false before the alert ends
 * @param holdUnknownMillis how long the alert is held while the condition is unknown
 * @param explains families that an alert of this rule can be the cause of
 * @param levels by falling severity, each severity once, at least one
 */
public record Rule(
        String id,
        String family,
        Set<EntityKind> scope,
        Set<EntityState> states,
        Set<Profile> profiles,
        long windowMillis,
        long keepFiringMillis,
        long holdUnknownMillis,
        List<String> explains,
        List<Level> levels)
        implements Serializable {
    public Rule {
        scope = Set.copyOf(scope);
        states = Set.copyOf(states);
        profiles = Set.copyOf(profiles);
        explains = List.copyOf(explains);
        levels = List.copyOf(levels);
    }

    /** The window as Prometheus writes durations. */
    public String window() {
        return PrometheusDuration.format(Duration.ofMillis(windowMillis));
    }

    public Optional<Level> level(Severity severity) {
        for (Level level : levels) {
            if (level.severity() == severity) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    /** Whether a condition or value of the rule has a reading. */
    boolean reads(Reading reading) {
        return levels.stream().flatMap(l -> l.reads().stream()).anyMatch(read -> read.reading()
                .equals(reading));
    }

    /** Whether the rule is about such an entity. One for replicas and models leaves a model of one live replica to the replica. */
    public boolean isAbout(Frame frame) {
        EntityKind kind = frame.entity().kind();
        boolean lonely = kind == EntityKind.MODEL && scope.contains(EntityKind.REPLICA) && frame.members() == 1;
        return scope.contains(kind) && !lonely;
    }
}
