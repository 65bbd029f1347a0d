package io.vedette.jobs.rules;

import static dev.cel.common.types.SimpleType.BOOL;
import static dev.cel.common.types.SimpleType.DOUBLE;
import static dev.cel.common.types.SimpleType.STRING;
import static io.vedette.jobs.rules.ExpressionParser.function;
import static io.vedette.jobs.rules.ExpressionParser.overload;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The operators and functions of the rule language; whatever else CEL has, is refused at load. */
enum Operators {
    AND("_&&_", "&&", overload("and", BOOL, BOOL, BOOL)),
    OR("_||_", "||", overload("or", BOOL, BOOL, BOOL)),
    NOT("!_", "!", overload("not", BOOL, BOOL)),
    LESS("_<_", "<", overload("less", BOOL, DOUBLE, DOUBLE)),
    AT_MOST("_<=_", "<=", overload("at_most", BOOL, DOUBLE, DOUBLE)),
    GREATER("_>_", ">", overload("greater", BOOL, DOUBLE, DOUBLE)),
    AT_LEAST("_>=_", ">=", overload("at_least", BOOL, DOUBLE, DOUBLE)),
    EQUAL("_==_", "==", overload("equal", BOOL, DOUBLE, DOUBLE)),
    UNEQUAL("_!=_", "!=", overload("unequal", BOOL, DOUBLE, DOUBLE)),
    PLUS("_+_", "+", overload("plus", DOUBLE, DOUBLE, DOUBLE)),
    MINUS("_-_", "-", overload("minus", DOUBLE, DOUBLE, DOUBLE)),
    TIMES("_*_", "*", overload("times", DOUBLE, DOUBLE, DOUBLE)),
    DIVIDED_BY("_/_", "/", overload("divided_by", DOUBLE, DOUBLE, DOUBLE)),
    NEGATE("-_", "-", overload("negate", DOUBLE, DOUBLE)),
    CHOICE(
            "_?_:_",
            "? :",
            overload("choose", DOUBLE, BOOL, DOUBLE, DOUBLE),
            overload("choose", BOOL, BOOL, BOOL, BOOL)),
    /** The smaller of two numbers. */
    MIN("min", "min", overload("min", DOUBLE, DOUBLE, DOUBLE)),
    /** The larger of two numbers. */
    MAX("max", "max", overload("max", DOUBLE, DOUBLE, DOUBLE)),
    /** Whether a number is known. */
    KNOWN("known", "known", overload("known", BOOL, DOUBLE)),
    /** Reads what is inside over another window. */
    OVER("over", "over", overload("over", DOUBLE, DOUBLE, STRING)),
    /** What is inside, as it was when the rule's condition became true. */
    AT_ONSET("at_onset", "at_onset", overload("at_onset", DOUBLE, DOUBLE));

    private final String function;
    private final String written;
    private final CelFunctionDecl declaration;

    Operators(String function, String written, CelOverloadDecl... overloads) {
        this.function = function;
        this.written = written;
        this.declaration = function(function, overloads);
    }

    CelFunctionDecl declaration() {
        return declaration;
    }

    /** How a user writes it. */
    String written() {
        return written;
    }

    static Optional<Operators> ofFunction(String function) {
        return Arrays.stream(values()).filter(o -> o.function.equals(function)).findFirst();
    }

    /** Names of those that are written as functions. */
    static List<String> functionNames() {
        return Arrays.stream(values())
                .map(o -> o.function)
                .filter(name -> Character.isLetter(name.charAt(0)))
                .toList();
    }
}
