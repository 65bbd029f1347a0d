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
        return switch (args.size()) {
            case 1 -> operator.written() + operand(args.get(0));
            case 2 -> operand(args.get(0)) + ' ' + operator.written() + ' ' + operand(args.get(1));
            default -> operand(args.get(0)) + " ? " + operand(args.get(1)) + " : " + operand(args.get(2));
        };
    }

    /** In parentheses where it is put together by an operator itself. */
    private static String operand(CelExpr expr) {
        boolean composed = expr.getKind() == CelExpr.ExprKind.Kind.CALL
                && expr.call().target().isEmpty()
                && !Character.isLetter(expr.call().function().charAt(0));
        return composed ? '(' + of(expr) + ')' : of(expr);
    }
}
