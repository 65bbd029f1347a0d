package io.vedette.cli.ruletest;

import io.vedette.cli.EntityName;
import io.vedette.cli.ruletest.InlineJobs.Judged;
import io.vedette.jobs.life.CandidateState;
import io.vedette.jobs.life.Fitness;
import io.vedette.jobs.life.StateTracker;
import io.vedette.jobs.rules.EntityState;
import io.vedette.jobs.rules.Level;
import io.vedette.jobs.rules.Numerals;
import io.vedette.jobs.rules.Part;
import io.vedette.jobs.rules.Rule;
import io.vedette.jobs.rules.RuleSet;
import io.vedette.jobs.rules.Scope;
import io.vedette.model.alert.AlertState;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Tells how the conditions of rules stand at a moment: what each comparison holds against what. Not thread-safe. */
final class Reasons {
    /** Of further replicas that a rule is about, there is nothing new to see. */
    private static final int MOST_ENTITIES = 3;

    private static final int TRUTH_WIDTH = 8;
    private static final int MOST_TEXT_WIDTH = 80;

    private final RuleSet rules;
    private final List<Judged> entities;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    Reasons(RuleSet rules, List<Judged> entities) {
        this.rules = rules;
        this.entities = List.copyOf(entities);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Tells why an expected alert is not there, or is another. */
    void add(ExpectedAlert alert) {
        List<Judged> of = entities.stream()
                .filter(judged -> alert.isOn(judged.frame().entity()))
                .filter(judged -> rule(judged.frame().entity(), alert.alertname())
                        .map(rule -> rule.isAbout(judged.frame()))
                        .orElse(false))
                .toList();
        if (of.isEmpty()) {
            lines.add(alert.alertname() + ": there is nothing "
                    + (alert.on().isEmpty() ? "" : "called " + alert.on() + ' ')
                    + "that the rule is about; there are "
                    + entities.stream()
                            .map(judged -> EntityName.of(judged.frame().entity()))
                            .collect(Collectors.joining(", ")));
        }
        of.stream()
                .limit(MOST_ENTITIES)
                .forEach(judged -> add(judged, alert.alertname(), severity -> alert.severity()
                        .map(wanted -> wanted == severity)
                        .orElse(true)));
    }

    /** Tells why an alert is there. */
    void add(AlertState alert) {
        entities.stream()
                .filter(judged ->
                        judged.frame().entity().key().equals(alert.entity().key()))
                .forEach(judged -> add(judged, alert.alertname(), severity -> severity == alert.severity()));
    }

    private Optional<Rule> rule(Entity entity, String id) {
        return Optional.ofNullable(rules.of(entity.modelName()).rule(id));
    }

    private void add(Judged judged, String id, Predicate<Severity> severities) {
        rule(judged.frame().entity(), id).ifPresent(rule -> rule.levels().stream()
                .filter(level -> severities.test(level.severity()))
                .forEach(level -> add(judged, rule, level)));
    }

    private void add(Judged judged, Rule rule, Level level) {
        String name = rule.id() + ' ' + level.severity().word() + " on "
                + EntityName.of(judged.frame().entity());
        if (!told.add(name)) {
            return;
        }
        EntityState state = judged.state().tracked().state();
        if (!rule.states().contains(state)) {
            lines.add(name + " does not apply: it is " + state.word() + ", and the rule is for "
                    + rule.states().stream().map(EntityState::word).sorted().collect(Collectors.joining(", ")));
            return;
        }
        String model = judged.frame().entity().modelName();
        Scope live = new Scope(
                StateTracker.situation(judged.state().tracked(), judged.state().xids(), judged.frame()),
                rules.slots(),
                rules.of(model));
        Scope scope = candidate(judged, rule, level)
                .map(candidate -> live.with(candidate.references()))
                .orElse(live);
        lines.add(name + " is " + word(level.condition().evaluate(scope).name()) + span(judged, rule, level)
                + (hasNeverFitted(judged, rule, level)
                        ? "; it has not been false here before: a misfit does not alert"
                        : ""));
        int width = level.parts().stream()
                .mapToInt(part -> part.text().length())
                .filter(length -> length <= MOST_TEXT_WIDTH)
                .max()
                .orElse(0);
        level.parts().forEach(part -> lines.add(line(part, width, scope)));
    }

    private static String span(Judged judged, Rule rule, Level level) {
        String needed = level.forMillis() == 0 ? "" : "; it fires after " + written(level.forMillis());
        return candidate(judged, rule, level)
                        .map(candidate -> ", held for " + written(candidate.heldMillis())
                                + (candidate.falseMillis() >= 0
                                        ? ", then false for " + written(candidate.falseMillis())
                                        : "")
                                + (candidate.unknownMillis() >= 0
                                        ? ", then unknown for " + written(candidate.unknownMillis())
                                        : ""))
                        .orElse("")
                + needed;
    }

    private static boolean hasNeverFitted(Judged judged, Rule rule, Level level) {
        return level.notes().misfit()
                && judged.state().fitness().stream()
                        .noneMatch(fitness -> fitness.ruleId().equals(rule.id())
                                && fitness.severity() == level.severity()
                                && fitness.standing() == Fitness.Standing.FITS);
    }

    private static Optional<CandidateState> candidate(Judged judged, Rule rule, Level level) {
        return judged.state().families().stream()
                .flatMap(family -> family.candidates().stream())
                .filter(candidate -> candidate.ruleId().equals(rule.id()) && candidate.severity() == level.severity())
                .findFirst();
    }

    private static String line(Part part, int width, Scope scope) {
        String truth = word(part.truth().evaluate(scope).name());
        double left = part.left().evaluate(scope);
        double right = part.right().evaluate(scope);
        List<String> values = new ArrayList<>(List.of(Numerals.withUnit(left, part.measure())));
        if (!Double.isNaN(right)) {
            values.add(Numerals.withUnit(right, part.measure()));
        }
        return "  " + padded(truth, TRUTH_WIDTH) + padded(part.text(), width) + "  " + String.join(", ", values);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String written(long millis) {
        return PrometheusDuration.format(Duration.ofMillis(millis));
    }
}
