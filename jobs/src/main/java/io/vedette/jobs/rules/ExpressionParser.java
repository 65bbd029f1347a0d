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
import java.util.Set;

/**
 * Parses and checks expressions by dev.cel, against the {@link Vocabulary}, a rule's parameters and the operators of the rule language alone. Not
 * thread-safe.
 */
final class ExpressionParser {
    private final CelCompiler compiler;
    private final NameCheck names;

    /** @param parameters names of the rule's parameters */
    ExpressionParser(Set<String> parameters) {
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
        Expression expression = parse(where, where.string());
        if (!expression.isCondition()) {
            throw where.mistake("'" + where.string().strip()
                    + "' is a number, and a condition is expected here: compare it with something, as in '"
                    + where.string().strip() + " > limit'");
        }
        return expression;
    }

    /**
     * A number.
     *
     * @throws ConfigurationException naming what is wrong and where
     */
    Expression number(YamlValue where) {
        return number(where, where.string());
    }

    /** A number that is written in a part of a value, as in a summary. */
    Expression number(YamlValue where, String text) {
        Expression expression = parse(where, text);
        if (expression.isCondition()) {
            throw where.mistake("'" + text.strip() + "' is a condition, and a number is expected here");
        }
        return expression;
    }

    private Expression parse(YamlValue where, String text) {
        if (text.isBlank()) {
            throw where.mistake("an expression is expected here");
        }
        CelAbstractSyntaxTree parsed = tree(compiler.parse(text), where, text);
        names.check(new Expression(where, text, parsed));
        CelMutableAst mutable = CelMutableAst.fromCelAst(parsed);
        makeDoubles(mutable.expr());
        CelAbstractSyntaxTree doubles = CelAbstractSyntaxTree.newParsedAst(
                CelMutableExprConverter.fromMutableExpr(mutable.expr()), parsed.getSource());
        return new Expression(where, text, tree(compiler.check(doubles), where, text));
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result, YamlValue where, String text) {
        if (result.hasError()) {
            CelIssue issue = result.getErrors().get(0);
            throw Expression.mistake(where, text, issue.getSourceLocation(), readable(issue.getMessage()));
        }
        try {
            return result.getAst();
        } catch (dev.cel.common.CelValidationException e) {
            throw where.mistake("'" + text + "' is no expression: " + e.getMessage());
        }
    }

    /** dev.cel's words without its list of everything that could have stood there instead. */
    private static String readable(String message) {
        return message.replaceFirst(" expecting \\{.*", "; an operator or an operand is missing")
                .replaceFirst("found no matching overload for '([^']*)' applied to '([^']*)'.*", "$1 does not take $2")
                .replace("'<EOF>'", "end")
                .replace("_", "")
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    /** All numbers of the language are doubles, so that {@code requests_waiting > 5} needs no point behind the 5. */
    private static void makeDoubles(CelMutableExpr expr) {
        switch (expr.getKind()) {
            case CONSTANT -> {
                if (expr.constant().getKind() == CelConstant.Kind.INT64_VALUE) {
                    expr.setConstant(
                            CelConstant.ofValue((double) expr.constant().int64Value()));
                }
            }
            case CALL -> {
                expr.call().target().ifPresent(ExpressionParser::makeDoubles);
                expr.call().args().forEach(ExpressionParser::makeDoubles);
            }
            default -> {
                // Nothing else of the language holds a number.
            }
        }
    }
}
