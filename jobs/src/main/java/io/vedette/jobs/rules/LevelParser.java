package io.vedette.jobs.rules;

import io.vedette.model.alert.Severity;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.YamlValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one level of a rule, or a rule that has no levels. For one use. A mistake goes to the findings, and reading carries on behind it.
 */
final class LevelParser {
    private static final TypedNumber NONE = TypedNumber.constant(Double.NaN);
    private static final TruthExpr UNKNOWN = new TruthExpr.Literal(Truth.UNKNOWN);

    /**
     * What all levels of a rule share.
     *
     * @param keys of the rule
     * @param unit as the rule says; null where it does not
     * @param states in which the rule applies
     * @param optional signals that it can do without
     * @param tuned whether a model has parameters of its own for it
     */
    record OfRule(
            Map<String, YamlValue> keys,
            WindowNames windows,
            long windowMillis,
            @Nullable Measure unit,
            Set<EntityState> states,
            Set<Signal> optional,
            Readings readings,
            boolean tuned) {}

    private final YamlValue source;
    private final Map<String, YamlValue> keys;
    private final Map<String, Parameter> parameters;
    private final OfRule rule;
    private final Findings findings;
    private final ExpressionParser expressions;
    private final Set<NumberExpr.Read> reads = new LinkedHashSet<>();
    private final Set<NumberExpr.AtOnset> onsets = new LinkedHashSet<>();
    private final List<Part> parts = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private final ConditionCheck check;

    /**
     * @param source the level, for mistakes
     * @param keys of the level
     * @param parameters of rule and level
     */
    LevelParser(
            YamlValue source,
            Map<String, YamlValue> keys,
            Map<String, Parameter> parameters,
            OfRule rule,
            Findings findings) {
        this.source = source;
        this.keys = keys;
        this.parameters = parameters;
        this.rule = rule;
        this.findings = findings;
        this.expressions = new ExpressionParser(parameters.keySet(), findings::mistake);
        this.check = new ConditionCheck(rule.states(), findings);
    }

    /** Empty when the level has a mistake. */
    Optional<Level> parse() {
        int known = findings.mistakeCount();
        Severity severity = findings.attempt(
                () -> RuleParser.severity(RuleParser.required(source, keys, "severity")), Severity.INFO);
        long forMillis = findings.attempt(() -> RuleParser.duration(keys.get("for"), Duration.ZERO), 0L);
        TypedNumber value = number("value");
        TypedNumber threshold = number("threshold");
        Measure measure = findings.attempt(() -> measure(value, threshold), Measure.ANY);
        TruthExpr when = findings.attempt(() -> condition(RuleParser.required(source, keys, "when")), UNKNOWN);
        List<NumberExpr.Read> evidence = List.copyOf(reads);
        TruthExpr condition = gated(
                keys.get("requires"), rule.keys() == keys ? null : rule.keys().get("requires"), when);
        TemplateParser templates = templates(value, threshold, measure);
        Template summary = template(templates, "summary", true);
        Template action = template(templates, "action", false);
        boolean misfit = findings.attempt(() -> isForMisfits(value, threshold), false);
        // Of the rule's own keys a mistake is known already, but not counted here.
        long revision = findings.attempt(() -> Revision.of(rule.keys(), keys, rule.windowMillis(), parameters), 1L);
        boolean anyMistaken = parameters.values().stream().anyMatch(p -> Double.isNaN(p.value()));
        if (findings.mistakeCount() > known || anyMistaken) {
            return Optional.empty();
        }
        check.run(condition, where());
        if (!rule.tuned()) {
            check.doubtMillis();
        }
        return Optional.of(new Level(
                severity,
                forMillis,
                condition,
                value.expr(),
                threshold.expr(),
                measure,
                summary,
                action,
                evidence,
                parts,
                new LevelNotes(
                        List.copyOf(onsets), NeedsOf.condition(condition).without(rule.optional()), misfit, revision)));
    }

    private boolean isForMisfits(TypedNumber value, TypedNumber threshold) {
        YamlValue marked = keys.getOrDefault("misfit", rule.keys().get("misfit"));
        if (marked == null || !marked.bool()) {
            return false;
        }
        if (isMistaken("value", value) || isMistaken("threshold", threshold)) {
            return true;
        }
        if (value.isConstant() || !SuggestedLimit.canBeMadeOf(threshold.expr())) {
            throw marked.mistake(
                    "'misfit' wants a 'value', and a parameter as 'threshold': it tells the user which parameter to set to what");
        }
        return true;
    }

    /** Whether a number is written, but no number: what is wrong with it has been told. */
    private boolean isMistaken(String key, TypedNumber number) {
        return keys.containsKey(key) && number.isConstant() && Double.isNaN(number.constantValue());
    }

    private YamlValue where() {
        return keys.getOrDefault("when", source);
    }

    /** The level that was parsed, to be held against the others. */
    LevelCheck.Judged judged(Level level) {
        return new LevelCheck.Judged(level, where(), check.ranges());
    }

    /** Names of the parameters that the level makes use of. */
    Set<String> usedParameters() {
        return used;
    }

    private TruthExpr gated(@Nullable YamlValue gate, @Nullable YamlValue gateOfRule, TruthExpr when) {
        TruthExpr behindOwn = gate == null ? when : new TruthExpr.Gated(gate(gate), when);
        return gateOfRule == null ? behindOwn : new TruthExpr.Gated(gate(gateOfRule), behindOwn);
    }

    private TruthExpr gate(YamlValue written) {
        return findings.attempt(() -> condition(written), UNKNOWN);
    }

    private TemplateParser templates(TypedNumber value, TypedNumber threshold, Measure measure) {
        Map<String, TypedNumber> numbers = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> numbers.put(name, TypedNumber.constant(parameter.value())));
        if (keys.containsKey("value")) {
            numbers.put("value", new TypedNumber(value.expr(), measure, false));
        }
        if (keys.containsKey("threshold")) {
            numbers.put("threshold", new TypedNumber(threshold.expr(), measure, false));
        }
        return new TemplateParser(
                numbers,
                Map.of("window", Numerals.withUnit(rule.windowMillis() / 1000.0, Measure.SECONDS)),
                (where, text, offset) -> compiled(expressions.number(where, text, offset), ExpressionCompiler::number)
                        .result(),
                findings::mistake);
    }

    private Template template(TemplateParser templates, String key, boolean required) {
        YamlValue own = keys.getOrDefault(key, rule.keys().get(key));
        if (own == null) {
            if (required) {
                findings.mistake(
                        source.mistake("'" + key + "' is missing: a sentence that says what, where and how much"));
            }
            return new Template(List.of());
        }
        Template template = findings.attempt(() -> templates.parse(own), new Template(List.of()));
        used.addAll(templates.used());
        return template;
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
                ? NONE
                : findings.attempt(
                        () -> {
                            Compiled<TypedNumber> number =
                                    compiled(expressions.number(written), ExpressionCompiler::number);
                            reads.addAll(number.compiler().reads());
                            return number.result();
                        },
                        NONE);
    }

    private TruthExpr condition(YamlValue written) {
        Compiled<TruthExpr> condition = compiled(expressions.condition(written), ExpressionCompiler::condition);
        reads.addAll(condition.compiler().reads());
        parts.addAll(condition.compiler().parts());
        check.add(condition.compiler());
        return condition.result();
    }

    private record Compiled<T>(ExpressionCompiler compiler, T result) {}

    private <T> Compiled<T> compiled(Expression expression, Function<ExpressionCompiler, T> compile) {
        ExpressionCompiler compiler = new ExpressionCompiler(
                expression, parameters, rule.windows(), rule.windowMillis(), rule.readings(), findings::mistake);
        used.addAll(expressions.used());
        T result = compile.apply(compiler);
        onsets.addAll(compiler.onsets());
        return new Compiled<>(compiler, result);
    }
}
