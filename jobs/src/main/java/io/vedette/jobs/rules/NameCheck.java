package io.vedette.jobs.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import io.vedette.model.yaml.ConfigurationException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks whether every name in an expression is one of the language, and says which was probably meant where one is not. */
final class NameCheck {
    private final Set<String> parameters;
    private final Set<String> used = new HashSet<>();
    private Map<Long, ConfigurationException> mistakes = new LinkedHashMap<>();

    NameCheck(Set<String> parameters) {
        this.parameters = parameters;
    }

    /** What the language does not have, by the node of the tree that it makes meaningless, in the order of the expression. */
    Map<Long, ConfigurationException> check(Expression expression) {
        mistakes = new LinkedHashMap<>();
        check(expression, expression.tree().getExpr());
        return mistakes;
    }

    /** Names of the parameters that were met so far. */
    Set<String> used() {
        return used;
    }

    private void check(Expression in, CelExpr expr) {
        switch (expr.getKind()) {
            case CONSTANT -> checkConstant(in, expr);
            case IDENT, SELECT -> checkVariable(in, expr);
            case CALL -> {
                checkFunction(in, expr);
                // What an operator that there is not is given, may well be nothing that there is.
                if (!mistakes.containsKey(expr.id())
                        || Character.isLetter(expr.call().function().charAt(0))) {
                    expr.call().args().forEach(argument -> check(in, argument));
                }
            }
            default ->
                mistakes.put(
                        expr.id(), in.mistake(expr.id(), "lists, maps and messages are no part of the rule language"));
        }
    }

    private void checkConstant(Expression in, CelExpr expr) {
        switch (expr.constant().getKind()) {
            case DOUBLE_VALUE, INT64_VALUE, BOOLEAN_VALUE, STRING_VALUE -> {
                // Whether it fits where it stands, dev.cel says.
            }
            default ->
                mistakes.put(
                        expr.id(),
                        in.mistake(expr.id(), "'" + literal(expr.constant()) + "' is no number, text, true or false"));
        }
    }

    private static String literal(CelConstant constant) {
        return switch (constant.getKind()) {
            case UINT64_VALUE -> constant.uint64Value() + "u";
            case NULL_VALUE -> "null";
            default -> constant.toString();
        };
    }

    private void checkVariable(Expression in, CelExpr expr) {
        String name = qualifiedName(expr);
        if (name == null) {
            mistakes.put(
                    expr.id(), in.mistake(expr.id(), "'.' stands only inside names, such as requests_waiting.mean"));
            return;
        }
        if (parameters.contains(name)) {
            used.add(name);
        } else if (Vocabulary.WORDS.variable(name).isEmpty()) {
            mistakes.put(
                    expr.id(),
                    in.mistake(
                            first(expr).id(),
                            Vocabulary.WORDS
                                    .function(name)
                                    .or(() -> Vocabulary.WORDS.condition(name))
                                    .map(word -> "'" + name + "' wants something in parentheses: " + word.example())
                                    .orElseGet(() -> unknown("name", name, null))));
        }
    }

    /** The first word of a name that is put together by points. */
    private static CelExpr first(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.SELECT
                ? first(expr.select().operand())
                : expr;
    }

    private void checkFunction(Expression in, CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        String name = call.function();
        if (call.target().isPresent()) {
            String target = qualifiedName(call.target().get());
            if (target == null) {
                mistakes.put(expr.id(), in.mistake(expr.id(), "'" + name + "' stands behind a signal's name only"));
                return;
            }
            name = target + '.' + name;
        } else if (Operators.ofFunction(name).isPresent()) {
            return;
        }
        if (Vocabulary.WORDS.function(name).isPresent()
                || Vocabulary.WORDS.condition(name).isPresent()) {
            return;
        }
        boolean variable =
                parameters.contains(name) || Vocabulary.WORDS.variable(name).isPresent();
        mistakes.put(
                expr.id(),
                in.mistake(
                        call.target().map(NameCheck::first).orElse(expr).id(),
                        variable
                                ? "'" + name + "' takes nothing in parentheses"
                                : Character.isLetter(name.charAt(0))
                                        ? unknown("function", name, argument(call))
                                        : "the operator "
                                                + name.replace("_", "").replace("@", "")
                                                + " is no part of the rule language"));
    }

    private String unknown(String kind, String name, @Nullable String argument) {
        Map<String, String> examples = Vocabulary.WORDS.examples();
        List<String> statistics = ofSignal(name, examples);
        if (!statistics.isEmpty()) {
            return "'" + name + "' needs a statistic: " + String.join(", ", statistics);
        }
        return "unknown " + kind + " '" + name + "'"
                + new MeantName(argument)
                        .of(name, parameters)
                        .map(meant -> "; did you mean '" + meant + "'?")
                        .orElseGet(() -> others(kind, name, examples));
    }

    /** The only argument of a call, to be kept in what was meant; null where there are none or more. */
    private static @Nullable String argument(CelExpr.CelCall call) {
        return call.args().size() == 1 ? CelText.of(call.args().get(0)) : null;
    }

    /** What there is instead, where nothing is near. */
    private String others(String kind, String name, Map<String, String> examples) {
        String signal = signal(name);
        List<String> ofSignal = ofSignal(signal, examples);
        if (!ofSignal.isEmpty()) {
            return "; " + signal + " has " + String.join(", ", ofSignal);
        }
        if (kind.equals("function")) {
            return "; known: " + String.join(", ", Operators.functionNames());
        }
        return "; signals: "
                + examples.keySet().stream().map(NameCheck::signal).distinct().collect(Collectors.joining(", "))
                + (parameters.isEmpty() ? "" : "; parameters: " + String.join(", ", parameters));
    }

    private static List<String> ofSignal(String signal, Map<String, String> examples) {
        return examples.entrySet().stream()
                .filter(e -> e.getKey().startsWith(signal + '.'))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String signal(String name) {
        return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** {@code a.b.c} for names put together by points; null for anything else. */
    static @Nullable String qualifiedName(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> expr.ident().name();
            case SELECT -> {
                String operand = qualifiedName(expr.select().operand());
                yield operand == null || expr.select().testOnly()
                        ? null
                        : operand + '.' + expr.select().field();
            }
            default -> null;
        };
    }
}
