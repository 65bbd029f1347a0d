package io.vedette.jobs.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.stream.Collectors;

/** Writes a node of an expression's tree the way a person would write it in a rule. */
final class CelText {
    private CelText() {}

    static String of(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> expr.ident().name();
            case SELECT -> of(expr.select().operand()) + '.' + expr.select().field();
            case CALL -> call(expr);
            default -> "…";
        };
    }

    private static String constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case DOUBLE_VALUE -> Numerals.plain(constant.doubleValue());
            case INT64_VALUE -> Long.toString(constant.int64Value());
            case BOOLEAN_VALUE -> Boolean.toString(constant.booleanValue());
            case STRING_VALUE -> '"' + constant.stringValue() + '"';
            default -> "…";
        };
    }

    private static String call(CelExpr expr) {
        String function = expr.call().target().map(target -> of(target) + '.').orElse("")
                + expr.call().function();
        List<CelExpr> args = expr.call().args();
        Operators operator = Operators.ofFunction(function).orElse(null);
        if (operator == null || Character.isLetter(function.charAt(0))) {
            return function + args.stream().map(CelText::of).collect(Collectors.joining(", ", "(", ")"));
        }
        int strength = strength(operator);
        return switch (args.size()) {
            case 1 -> operator.written() + operand(args.get(0), strength);
            case 2 ->
                operand(args.get(0), strength) + ' ' + operator.written() + ' ' + operand(args.get(1), strength + 1);
            default -> operand(args.get(0), strength + 1) + " ? " + of(args.get(1)) + " : " + of(args.get(2));
        };
    }

    /** In parentheses where it would be taken apart otherwise. */
    private static String operand(CelExpr expr, int least) {
        if (expr.getKind() != CelExpr.ExprKind.Kind.CALL || expr.call().target().isPresent()) {
            return of(expr);
        }
        int strength = Operators.ofFunction(expr.call().function())
                .map(CelText::strength)
                .orElse(Integer.MAX_VALUE);
        return strength < least ? '(' + of(expr) + ')' : of(expr);
    }

    /** How close an operator binds. */
    private static int strength(Operators operator) {
        return switch (operator) {
            case CHOICE -> 1;
            case OR -> 2;
            case AND -> 3;
            case LESS, AT_MOST, GREATER, AT_LEAST, EQUAL, UNEQUAL -> 4;
            case PLUS, MINUS -> 5;
            case TIMES, DIVIDED_BY -> 6;
            case NOT, NEGATE -> 7;
            default -> Integer.MAX_VALUE;
        };
    }
}
