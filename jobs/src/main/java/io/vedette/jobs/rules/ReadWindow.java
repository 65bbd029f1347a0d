package io.vedette.jobs.rules;

import dev.cel.common.ast.CelExpr;
import io.vedette.jobs.rules.Vocabulary.Word;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Which window is read where an expression is being compiled: that of its rule, or inside {@code over} another one; and what {@code at_onset} freezes
 * there. For one expression; not thread-safe.
 */
final class ReadWindow {
    private final Expression expression;
    private final WindowNames names;
    private final Set<NumberExpr.AtOnset> onsets = new LinkedHashSet<>();
    private long millis;
    private boolean insideOver;
    private boolean insideOnset;
    private boolean isRead;

    /** @param millis of the rule's window */
    ReadWindow(Expression expression, WindowNames names, long millis) {
        this.expression = expression;
        this.names = names;
        this.millis = millis;
    }

    /** Its length. */
    long millis() {
        return millis;
    }

    /** Takes note that a word stands here. */
    void reads(Word word) {
        isRead |= word.windowed();
    }

    /** What stands in {@code at_onset}, in the expression's order. */
    List<NumberExpr.AtOnset> onsets() {
        return new ArrayList<>(onsets);
    }

    /** @param number compiles what stands inside */
    TypedNumber over(CelExpr expr, Function<CelExpr, TypedNumber> number) {
        CelExpr name = expr.call().args().get(1);
        if (insideOver) {
            throw expression.mistake(expr.id(), "over inside over: which window is meant?");
        }
        if (name.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            throw expression.mistake(name.id(), "a window in quotes is expected here, such as \"10m\"");
        }
        long outer = millis;
        boolean outerIsRead = isRead;
        millis = names.millis(name.constant().stringValue(), problem -> expression.mistake(name.id(), problem));
        insideOver = true;
        isRead = false;
        TypedNumber inner = number.apply(expr.call().args().get(0));
        if (!isRead) {
            throw expression.mistake(expr.id(), "what stands in over has no window");
        }
        millis = outer;
        insideOver = false;
        isRead = outerIsRead;
        return inner;
    }

    /** @param number compiles what stands inside */
    TypedNumber atOnset(CelExpr expr, Function<CelExpr, TypedNumber> number) {
        CelExpr inner = expr.call().args().get(0);
        if (insideOnset) {
            throw expression.mistake(expr.id(), "at_onset inside at_onset: it is frozen already");
        }
        insideOnset = true;
        TypedNumber live = number.apply(inner);
        insideOnset = false;
        if (live.isConstant()) {
            throw expression.mistake(expr.id(), "what stands in at_onset never changes; write it without");
        }
        String window = PrometheusDuration.format(Duration.ofMillis(millis));
        NumberExpr.AtOnset onset = new NumberExpr.AtOnset(window + ' ' + CelText.of(inner), live.expr());
        onsets.add(onset);
        return new TypedNumber(onset, live.measure(), live.natural());
    }
}
