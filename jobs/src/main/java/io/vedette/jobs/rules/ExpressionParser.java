package io.vedette.jobs.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parses and checks expressions by dev.cel, against the {@link Vocabulary}, a rule's parameters and the operators of the rule language alone. Not
 * thread-safe.
 */
final class ExpressionParser {
    private final CelCompiler compiler;
    private final NameCheck names;
    private final @Nullable Consumer<ConfigurationException> mistakes;

    /** @param parameters names of the rule's parameters */
    ExpressionParser(Set<String> parameters) {
        this(parameters, null);
    }

    /**
     * @param parameters names of the rule's parameters
     * @param mistakes is told of names that the language does not have, and of all but the first of what else is wrong; null where the first
     *     mistake of all is to be thrown
     */
    ExpressionParser(Set<String> parameters, @Nullable Consumer<ConfigurationException> mistakes) {
        this.mistakes = mistakes;
        this.names = new NameCheck(parameters);
        CelCompilerBuilder builder = base();
        parameters.forEach(name -> builder.addVar(name, SimpleType.DOUBLE));
        this.compiler = builder.build();
    }

    private static CelCompilerBuilder base() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardEnvironmentEnabled(false)
                .setStandardMacros(List.of());
        Vocabulary.WORDS.variables().forEach(word -> builder.addVar(word.name(), SimpleType.DOUBLE));
        List<CelFunctionDecl> functions = new ArrayList<>();
        for (Vocabulary.Word word : Vocabulary.WORDS.functions()) {
            CelType argument = word.takes() == Takes.DIMENSION ? SimpleType.STRING : SimpleType.DOUBLE;
            functions.add(function(word.name(), overload(word.name(), SimpleType.DOUBLE, argument)));
        }
        for (Vocabulary.Word word : Vocabulary.WORDS.conditions()) {
            functions.add(function(word.name(), overload(word.name(), SimpleType.BOOL, SimpleType.STRING)));
        }
        for (Operators operator : Operators.values()) {
            functions.add(operator.declaration());
        }
        return builder.addFunctionDeclarations(functions);
    }

    static CelFunctionDecl function(String name, CelOverloadDecl... overloads) {
        return CelFunctionDecl.newFunctionDeclaration(name, overloads);
    }

    static CelOverloadDecl overload(String name, CelType result, CelType... arguments) {
        StringBuilder id = new StringBuilder(name);
        for (CelType argument : arguments) {
            id.append('_').append(argument.name());
        }
        return CelOverloadDecl.newGlobalOverload(id.toString(), result, arguments);
    }

    /**
     * A condition.
     *
     * @throws ConfigurationException naming what is wrong and where
     */
    Expression condition(YamlValue where) {
        Expression expression = parse(where, where.string(), 0);
        if (expression.kind() == Expression.Kind.NUMBER) {
            throw where.mistake("'" + where.string().strip()
                    + "' is a number, and a condition is expected here: compare it with something, as in '"
                    + where.string().strip() + " > limit'");
        }
        if (expression.kind() != Expression.Kind.CONDITION) {
            throw where.mistake("'" + where.string().strip() + "' is "
                    + expression.kind().described() + ", and a condition is expected here");
        }
        return expression;
    }

    /**
     * A number.
     *
     * @throws ConfigurationException naming what is wrong and where
     */
    Expression number(YamlValue where) {
        return number(where, where.string(), 0);
    }

    Expression number(YamlValue where, String text) {
        return number(where, text, 0);
    }

    /** A number that is written in a part of a value, as in a summary, from an offset on. */
    Expression number(YamlValue where, String text, int offset) {
        Expression expression = parse(where, text, offset);
        if (expression.kind() != Expression.Kind.NUMBER) {
            throw where.mistakeAt(
                    offset,
                    "'" + text.strip() + "' is " + expression.kind().described() + ", and a number is expected here");
        }
        return expression;
    }

    /** Names of the parameters that expressions have used so far. */
    Set<String> used() {
        return names.used();
    }

    private Expression parse(YamlValue where, String text, int offset) {
        if (text.isBlank()) {
            throw where.mistakeAt(offset, "an expression is expected here");
        }
        CelValidationResult result = compiler.parse(text);
        if (result.hasError()) {
            throw unreadable(result.getErrors().get(0), where, text, offset);
        }
        CelAbstractSyntaxTree parsed = tree(result, where, text, offset);
        Map<Long, ConfigurationException> unknown = names.check(new Expression(where, text, offset, parsed));
        if (mistakes == null) {
            throwFirst(List.copyOf(unknown.values()));
        }
        CelMutableAst mutable = CelMutableAst.fromCelAst(parsed);
        makeDoubles(mutable.expr(), unknown.keySet());
        CelAbstractSyntaxTree doubles = CelAbstractSyntaxTree.newParsedAst(
                CelMutableExprConverter.fromMutableExpr(mutable.expr()), parsed.getSource());
        CelValidationResult checked = compiler.check(doubles);
        if (!unknown.isEmpty()
                && (checked.hasError() || unknown.containsKey(parsed.getExpr().id()))) {
            throwFirst(List.copyOf(unknown.values()));
        }
        unknown.values().forEach(this::tell);
        return new Expression(where, text, offset, tree(checked, where, text, offset));
    }

    /** What follows the first thing that cannot be parsed, only follows from it. */
    private static ConfigurationException unreadable(CelIssue first, YamlValue where, String text, int offset) {
        return Slip.in(text)
                .map(slip -> where.mistakeAt(offset + slip.offset(), slip.remedy()))
                .orElseGet(() -> where.mistakeAt(offset + offset(text, first), readable(first.getMessage())));
    }

    private void tell(ConfigurationException mistake) {
        if (mistakes != null) {
            mistakes.accept(mistake);
        }
    }

    private void throwFirst(List<ConfigurationException> found) {
        if (!found.isEmpty()) {
            found.subList(1, found.size()).forEach(this::tell);
            throw found.get(0);
        }
    }

    private CelAbstractSyntaxTree tree(CelValidationResult result, YamlValue where, String text, int offset) {
        if (result.hasError()) {
            throwFirst(result.getErrors().stream()
                    .map(issue -> where.mistakeAt(offset + offset(text, issue), readable(issue.getMessage())))
                    .toList());
        }
        try {
            return result.getAst();
        } catch (dev.cel.common.CelValidationException e) {
            throw where.mistake("'" + text + "' is no expression: " + e.getMessage());
        }
    }

    /** Where in a text dev.cel found something; its lines are counted from 1, its columns from 0 in code points. */
    private static int offset(String text, CelIssue issue) {
        int line = 0;
        for (int i = 1; i < issue.getSourceLocation().getLine() && text.indexOf('\n', line) >= 0; i++) {
            line = text.indexOf('\n', line) + 1;
        }
        int left = text.codePointCount(line, text.length());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        return text.offsetByCodePoints(line, Math.min(column, left));
    }

    /** dev.cel's words without its list of everything that could have stood there instead. */
    private static String readable(String message) {
        return message.replaceFirst(" expecting \\{.*", "; an operator or an operand is missing")
                .replaceFirst("found no matching overload for '([^']*)' applied to '([^']*)'.*", "$1 does not take $2")
                .replaceFirst("(?i)for input string: \"?([^\" ]*).*", "$1 is too large a number")
                .replace("'<EOF>'", "end")
                .replace("_", "")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /**
     * All numbers of the language are doubles, so that {@code requests_waiting > 5} needs no point behind the 5. So is, for the rest of the check, what
     * means nothing.
     */
    private static void makeDoubles(CelMutableExpr expr, Set<Long> meaningless) {
        if (meaningless.contains(expr.id())) {
            expr.setConstant(CelConstant.ofValue(Double.NaN));
        }
        switch (expr.getKind()) {
            case CONSTANT -> {
                if (expr.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
                    expr.setConstant(
                            CelConstant.ofValue((double) expr.constant().int64Value()));
                }
            }
            case CALL -> {
                expr.call().target().ifPresent(target -> makeDoubles(target, meaningless));
                expr.call().args().forEach(argument -> makeDoubles(argument, meaningless));
            }
            default -> {
                // Nothing else of the language holds a number.
            }
        }
    }
}
