package io.vedette.jobs.rules;

import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one level of a rule, or a rule that has no levels. For one use; throws {@link ConfigurationException} at the first mistake. */
final class LevelParser {
    /**
     * What all levels of a rule share.
     *
     * @param keys of the rule
     * @param unit as the rule says; null where it does not
     */
    record OfRule(
            Map<String, YamlValue> keys,
            WindowNames windows,
            long windowMillis,
            @Nullable Measure unit,
            Readings readings) {}

    private final YamlValue source;
    private final Map<String, YamlValue> keys;
    private final Map<String, Parameter> parameters;
    private final OfRule rule;
    private final ExpressionParser expressions;
    private final Set<NumberExpr.Read> reads = new LinkedHashSet<>();
    private final Set<NumberExpr.AtOnset> onsets = new LinkedHashSet<>();

    /**
     * @param source the level, for mistakes
     * @param keys of the level
     * @param parameters of rule and level
     */
    LevelParser(YamlValue source, Map<String, YamlValue> keys, Map<String, Parameter> parameters, OfRule rule) {
        this.source = source;
        this.keys = keys;
        this.parameters = parameters;
        this.rule = rule;
        this.expressions = new ExpressionParser(parameters.keySet());
    }

    Level parse() {
        TypedNumber value = number("value");
        TypedNumber threshold = number("threshold");
        Measure measure = measure(value, threshold);
        TruthExpr when = condition(RuleParser.required(source, keys, "when"));
        List<NumberExpr.Read> evidence = List.copyOf(reads);
        Map<String, TypedNumber> numbers = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> numbers.put(name, TypedNumber.constant(parameter.value())));
        numbers.put("value", new TypedNumber(value.expr(), measure, false));
        numbers.put("threshold", new TypedNumber(threshold.expr(), measure, false));
        TemplateParser templates = new TemplateParser(
                numbers,
                Map.of("window", Numerals.withUnit(rule.windowMillis() / 1000.0, Measure.SECONDS)),
                (where, text) -> remember(compiler(expressions.number(where, text)), ExpressionCompiler::number));
        TruthExpr condition = gated(
                keys.get("requires"), rule.keys() == keys ? null : rule.keys().get("requires"), when);
        Template summary = template(templates, "summary", true);
        Template action = template(templates, "action", false);
        return new Level(
                RuleParser.severity(RuleParser.required(source, keys, "severity")),
                RuleParser.duration(keys.get("for"), Duration.ZERO),
                condition,
                value.expr(),
                threshold.expr(),
                measure,
                summary,
                action,
                evidence,
                new LevelNotes(
                        List.copyOf(onsets),
                        NeedsOf.condition(condition)
                                .without(optional(rule.keys().get("optional"))),
                        isForMisfits(value, threshold),
                        Revision.of(rule.keys(), keys, rule.windowMillis(), parameters)));
    }

    /** Signals that the rule says it can do without. */
    private static Set<Signal> optional(@Nullable YamlValue names) {
        Set<Signal> optional = EnumSet.noneOf(Signal.class);
        if (names != null) {
            for (YamlValue name : names.isSequence() ? names.sequence() : List.of(names)) {
                optional.add(Signal.ofName(name.string())
                        .orElseThrow(() -> name.mistake("there is no signal '" + name.string() + "'"
                                + NearestName.hint(
                                        name.string(),
                                        Arrays.stream(Signal.values())
                                                .map(Signal::signalName)
                                                .toList()))));
            }
        }
        return optional;
    }

    private boolean isForMisfits(TypedNumber value, TypedNumber threshold) {
        YamlValue marked = keys.getOrDefault("misfit", rule.keys().get("misfit"));
        if (marked == null || !marked.bool()) {
            return false;
        }
        if (value.isConstant() || !SuggestedLimit.canBeMadeOf(threshold.expr())) {
            throw marked.mistake(
                    "'misfit' wants a 'value', and a parameter as 'threshold': it tells the user which parameter to set to what");
        }
        return true;
    }

    private TruthExpr gated(@Nullable YamlValue gate, @Nullable YamlValue gateOfRule, TruthExpr when) {
        TruthExpr behindOwn = gate == null ? when : new TruthExpr.Gated(condition(gate), when);
        return gateOfRule == null ? behindOwn : new TruthExpr.Gated(condition(gateOfRule), behindOwn);
    }

    private Template template(TemplateParser templates, String key, boolean required) {
        YamlValue own = keys.getOrDefault(key, rule.keys().get(key));
        if (own == null && required) {
            throw source.mistake("'" + key + "' is missing: a sentence that says what, where and how much");
        }
        return own == null ? new Template(List.of()) : templates.parse(own);
    }

    private Measure measure(TypedNumber value, TypedNumber threshold) {
        YamlValue at = keys.getOrDefault("threshold", keys.getOrDefault("value", source));
        Measure both = value.measure()
                .with(threshold.measure())
                .orElseThrow(() -> at.mistake("the value is " + value.measure().described() + ", the threshold is "
                        + threshold.measure().described()));
        Measure unit = rule.unit();
        return unit == null
                ? both
                : both.with(unit)
                        .orElseThrow(() -> at.mistake(
                                "the unit is " + unit.described() + ", but value or threshold is " + both.described()));
    }

    private TypedNumber number(String key) {
        YamlValue written = keys.get(key);
        return written == null
                ? TypedNumber.constant(Double.NaN)
                : remember(compiler(expressions.number(written)), ExpressionCompiler::number);
    }

    private TruthExpr condition(YamlValue written) {
        return remember(compiler(expressions.condition(written)), ExpressionCompiler::condition);
    }

    private <T> T remember(ExpressionCompiler compiler, Function<ExpressionCompiler, T> compile) {
        T compiled = compile.apply(compiler);
        reads.addAll(compiler.reads());
        onsets.addAll(compiler.onsets());
        return compiled;
    }

    private ExpressionCompiler compiler(Expression expression) {
        return new ExpressionCompiler(expression, parameters, rule.windows(), rule.windowMillis(), rule.readings());
    }
}
