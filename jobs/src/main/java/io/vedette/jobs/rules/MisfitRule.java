package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import java.util.List;

/** The rule by which people are told that a limit does not fit an entity. Whether it holds is not for its condition to say. */
public final class MisfitRule {
    /** Its alertname, whatever the rule that does not fit. */
    public static final String ID = "threshold-misfit";

    private MisfitRule() {}

    /** What tells of a level of a rule; its family is its own, so that each misfit is an alert of its own. */
    public static Rule of(Rule rule, Level level) {
        return new Rule(
                ID,
                ID + '-' + rule.id() + '-' + level.severity().word(),
                rule.scope(),
                rule.states(),
                rule.profiles(),
                rule.windowMillis(),
                0,
                rule.holdUnknownMillis(),
                List.of(),
                List.of(new Level(
                        Severity.INFO,
                        0,
                        new TruthExpr.Literal(Truth.UNKNOWN),
                        level.value(),
                        level.threshold(),
                        level.measure(),
                        summary(rule, level),
                        action(rule, level),
                        level.reads(),
                        level.parts(),
                        level.notes())));
    }

    private static Template summary(Rule rule, Level level) {
        return new Template(List.of(
                new Template.Named(Template.Field.ENTITY),
                new Template.Text(": " + rule.id() + " (" + level.severity().word()
                        + ") has been true ever since Vedette first saw it work: "),
                new Template.Measured(level.value(), level.measure(), false),
                new Template.Text(" against a limit of "),
                new Template.Measured(level.threshold(), level.measure(), false),
                new Template.Text(
                        ". This is told once; the rule alerts of it only after it has been false for 5 min.")));
    }

    private static Template action(Rule rule, Level level) {
        return new Template(List.of(
                new Template.Text("If that is normal here, add to vedette.yaml: "),
                new Template.Suggested(
                        new SuggestedLimit(rule.id(), level.value(), level.threshold(), level.measure())),
                new Template.Text(" If it is not, treat it as the rule's entry in the runbook says.")));
    }
}
