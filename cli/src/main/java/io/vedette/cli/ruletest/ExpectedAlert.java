package io.vedette.cli.ruletest;

import io.vedette.cli.EntityName;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.alert.AlertState;
import io.vedette.model.alert.Severity;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An alert as a test wants it. What is empty may be anything. Immutable.
 *
 * @param where in the file
 * @param on name of the entity, as the terminal calls it
 * @param value as exact as it is written, of the message that was sent last
 * @param summary a part of that message
 */
record ExpectedAlert(
        YamlValue where,
        String alertname,
        Optional<Severity> severity,
        State state,
        String on,
        Optional<BigDecimal> value,
        Optional<BigDecimal> threshold,
        String summary) {
    static final Set<String> KEYS = Set.of("alertname", "severity", "state", "on", "value", "threshold", "summary");
    private static final Pattern SHORT =
            Pattern.compile("(?<name>\\S+)(?<words>(?:\\s+\\S+){0,2}?)(?:\\s+on\\s+(?<on>.+))?");

    /** What is expected of it. */
    enum State {
        PENDING,
        FIRING,
        /** That it is not there. */
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads {@code ALERTNAME [SEVERITY] [STATE] [on WHERE]} or a mapping. */
    static ExpectedAlert parse(YamlValue written, Set<String> rules) {
        return written.isMapping() ? ofMapping(written, rules) : ofText(written, rules);
    }

    private static ExpectedAlert ofText(YamlValue written, Set<String> rules) {
        String text = written.string();
        Matcher form = SHORT.matcher(text.strip());
        if (!form.matches()) {
            throw written.mistake(
                    "'" + text + "' is no alert; write it like queue-blocked critical firing on replica-1");
        }
        Optional<Severity> severity = Optional.empty();
        State state = State.FIRING;
        for (String word : form.group("words").strip().split("\\s+", -1)) {
            if (word.isEmpty()) {
                continue;
            }
            Optional<Severity> found = Severity.ofWord(word);
            if (found.isPresent()) {
                severity = found;
            } else {
                state = state(written, word);
            }
        }
        String on = form.group("on") == null ? "" : form.group("on").strip();
        return new ExpectedAlert(
                written,
                known(written, form.group("name"), rules),
                severity,
                state,
                on,
                Optional.empty(),
                Optional.empty(),
                "");
    }

    private static ExpectedAlert ofMapping(YamlValue written, Set<String> rules) {
        Map<String, YamlValue> keys = written.mapping(KEYS);
        YamlValue alertname = keys.get("alertname");
        if (alertname == null) {
            throw written.mistake("'alertname' is missing");
        }
        YamlValue severity = keys.get("severity");
        YamlValue state = keys.get("state");
        ExpectedAlert alert = new ExpectedAlert(
                written,
                known(alertname, alertname.string(), rules),
                severity == null ? Optional.empty() : Optional.of(required(severity)),
                state == null ? State.FIRING : state(state, state.string()),
                text(keys.get("on")),
                number(keys.get("value")),
                number(keys.get("threshold")),
                text(keys.get("summary")));
        if (alert.state != State.FIRING && alert.wantsMessage()) {
            throw written.mistake(
                    "value, threshold and summary are those of the message that was sent; an alert that is"
                            + " not firing has none");
        }
        return alert;
    }

    private static String known(YamlValue where, String alertname, Set<String> rules) {
        if (!rules.contains(alertname)) {
            throw where.mistake("there is no rule '" + alertname + "'" + NearestName.hint(alertname, rules));
        }
        return alertname;
    }

    private static Severity required(YamlValue word) {
        return Severity.ofWord(word.string())
                .orElseThrow(() -> word.mistake("'" + word.string() + "' is no severity"
                        + NearestName.hint(word.string(), List.of("info", "warning", "critical"))));
    }

    private static State state(YamlValue where, String word) {
        return Arrays.stream(State.values())
                .filter(s -> s.word().equals(word))
                .findFirst()
                .orElseThrow(() -> where.mistake("'" + word + "' is neither a severity nor a state"
                        + NearestName.hint(word, List.of("info", "warning", "critical", "pending", "firing", "none"))));
    }

    private static String text(@Nullable YamlValue value) {
        return value == null ? "" : value.string();
    }

    private static Optional<BigDecimal> number(@Nullable YamlValue value) {
        if (value == null) {
            return Optional.empty();
        }
        double checked = value.number();
        try {
            return Optional.of(new BigDecimal(value.string().strip()));
        } catch (NumberFormatException e) {
            return Optional.of(BigDecimal.valueOf(checked));
        }
    }

    private boolean wantsMessage() {
        return value.isPresent() || threshold.isPresent() || !summary.isEmpty();
    }

    /** How much it says: what says the most is looked for first. */
    int precision() {
        return (severity.isPresent() ? 1 : 0) + (on.isEmpty() ? 0 : 2) + (wantsMessage() ? 4 : 0);
    }

    /**
     * Whether an alert is the one that is meant.
     *
     * @param told its last event; null where it has not fired
     */
    boolean isMetBy(AlertState alert, @Nullable AlertEvent told) {
        return alertname.equals(alert.alertname())
                && severity.map(s -> s == alert.severity()).orElse(true)
                && (state == State.NONE || (state == State.FIRING) == alert.firing())
                && isOn(alert.entity())
                && (!wantsMessage() || (told != null && isToldBy(told)));
    }

    /** Whether it may be on an entity; a model may be called by its name alone. */
    boolean isOn(Entity entity) {
        return on.isEmpty()
                || on.equals(EntityName.of(entity))
                || (entity.kind() == EntityKind.MODEL && on.equals(entity.modelName()));
    }

    private boolean isToldBy(AlertEvent event) {
        return isNear(value, event.value())
                && isNear(threshold, event.threshold())
                && event.summary().contains(summary);
    }

    private static boolean isNear(Optional<BigDecimal> wanted, double actual) {
        return wanted.isEmpty()
                || (Double.isFinite(actual)
                        && BigDecimal.valueOf(actual)
                                        .setScale(Math.max(0, wanted.get().scale()), RoundingMode.HALF_UP)
                                        .compareTo(wanted.get())
                                == 0);
    }

    /** As it would be written in a test. */
    String described() {
        return alertname
                + severity.map(s -> ' ' + s.word()).orElse("")
                + ' '
                + state.word()
                + (on.isEmpty() ? "" : " on " + on)
                + value.map(v -> ", value " + v.toPlainString()).orElse("")
                + threshold.map(t -> ", threshold " + t.toPlainString()).orElse("")
                + (summary.isEmpty() ? "" : ", summary with '" + summary + "'");
    }
}
