package io.vedette.jobs.rules;

import dev.cel.common.ast.CelExpr;
import io.vedette.jobs.rules.NumberExpr.Operator;
import io.vedette.jobs.rules.TruthExpr.Relation;
import io.vedette.jobs.rules.Vocabulary.Arguments;
import io.vedette.jobs.rules.Vocabulary.Word;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Turns a checked expression into one that can be evaluated: names become slots, parameters become constants; and says what no type system does: that
 * measures do not go together, or that a limit lies where no value can be. One instance for one expression.
 *
 * <p>dev.cel's own evaluator would do, but for two things: it takes some microseconds an expression where this takes nanoseconds, and an absent
 * signal would have to be an error that is caught.
 */
final class ExpressionCompiler {
    private final Expression expression;
    private final Map<String, Parameter> parameters;
    private final ReadWindow window;
    private final Readings readings;
    private final MeasureCheck measures;
    private final Consumer<ConfigurationException> further;
    private final List<ConfigurationException> mistakes = new ArrayList<>();
    private final Set<NumberExpr.Read> reads = new LinkedHashSet<>();
    private final List<Compared> compared = new ArrayList<>();
    private final List<Used> used = new ArrayList<>();

    ExpressionCompiler(
            Expression expression,
            Map<String, Parameter> parameters,
            WindowNames windows,
            long windowMillis,
            Readings readings) {
        this(expression, parameters, windows, windowMillis, readings, mistake -> {});
    }

    /** @param further is told what else is wrong with an expression whose first mistake is thrown */
    ExpressionCompiler(
            Expression expression,
            Map<String, Parameter> parameters,
            WindowNames windows,
            long windowMillis,
            Readings readings,
            Consumer<ConfigurationException> further) {
        this.further = further;
        this.expression = expression;
        this.parameters = parameters;
        this.window = new ReadWindow(expression, windows, windowMillis);
        this.readings = readings;
        this.measures = new MeasureCheck(expression, parameters, mistakes::add);
    }

    /** @throws ConfigurationException when it is not a sensible condition */
    TruthExpr condition() {
        return checked(this::truth);
    }

    /** @throws ConfigurationException when it is not a sensible number */
    TypedNumber number() {
        return checked(this::number);
    }

    private <T> T checked(Function<CelExpr, T> compile) {
        try {
            T compiled = compile.apply(expression.tree().getExpr());
            if (mistakes.isEmpty()) {
                return compiled;
            }
        } catch (ConfigurationException e) {
            mistakes.add(e);
        }
        mistakes.subList(1, mistakes.size()).forEach(further);
        throw mistakes.get(0);
    }

    /** What the expression reads, in its order. */
    List<NumberExpr.Read> reads() {
        return new ArrayList<>(reads);
    }

    /** What stands in {@code at_onset}, in its order. */
    List<NumberExpr.AtOnset> onsets() {
        return window.onsets();
    }

    /** The comparisons that the expression is made of, for showing how each stands. */
    List<Part> parts() {
        return compared.stream().map(Compared::part).toList();
    }

    List<Compared> compared() {
        return compared;
    }

    List<Used> used() {
        return used;
    }

    private TruthExpr truth(CelExpr expr) {
        if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
            return new TruthExpr.Literal(Truth.of(expr.constant().booleanValue()));
        }
        List<CelExpr> args = expr.call().args();
        Word word = Vocabulary.WORDS.condition(expr.call().function()).orElse(null);
        if (word != null) {
            NumberExpr.Read read = read(expr, word, arguments(word, args.get(0)));
            return compared(expr, new TruthExpr.Holds(read), new TypedNumber(read, word.measure(), false));
        }
        return switch (operator(expr)) {
            case AND -> new TruthExpr.And(truth(args.get(0)), truth(args.get(1)));
            case OR -> new TruthExpr.Or(truth(args.get(0)), truth(args.get(1)));
            case NOT -> new TruthExpr.Not(truth(args.get(0)));
            case LESS -> comparison(expr, Relation.LESS);
            case AT_MOST -> comparison(expr, Relation.AT_MOST);
            case GREATER -> comparison(expr, Relation.GREATER);
            case AT_LEAST -> comparison(expr, Relation.AT_LEAST);
            case EQUAL -> comparison(expr, Relation.EQUAL);
            case UNEQUAL -> comparison(expr, Relation.UNEQUAL);
            case KNOWN -> {
                TypedNumber operand = number(args.get(0));
                yield compared(expr, new TruthExpr.Known(operand.expr()), operand);
            }
            case CHOICE -> new TruthExpr.Choice(truth(args.get(0)), truth(args.get(1)), truth(args.get(2)));
            default -> throw new IllegalStateException("dev.cel took for a condition: " + expr);
        };
    }

    private TruthExpr comparison(CelExpr expr, Relation relation) {
        CelExpr leftExpr = expr.call().args().get(0);
        CelExpr rightExpr = expr.call().args().get(1);
        TypedNumber left = number(leftExpr);
        TypedNumber right = number(rightExpr);
        measures.requireSame(expr, left.measure(), right.measure(), "are not compared");
        measures.requireReachable(left, right, rightExpr);
        measures.requireReachable(right, left, leftExpr);
        TruthExpr comparison = new TruthExpr.Comparison(relation, left.expr(), right.expr());
        compared(
                expr,
                comparison,
                left,
                right,
                left.measure().with(right.measure()).orElse(Measure.ANY));
        return comparison;
    }

    /** Where nothing stands on the other side. */
    private TruthExpr compared(CelExpr at, TruthExpr truth, TypedNumber asked) {
        compared(at, truth, asked, TypedNumber.constant(Double.NaN), asked.measure());
        return truth;
    }

    private void compared(CelExpr at, TruthExpr truth, TypedNumber left, TypedNumber right, Measure measure) {
        List<Reading> readings = Stream.of(left.expr(), right.expr())
                .flatMap(side -> side instanceof NumberExpr.Read read ? Stream.of(read.reading()) : Stream.empty())
                .toList();
        compared.add(new Compared(
                expression, at, new Part(CelText.of(at), truth, left.expr(), right.expr(), measure), readings));
    }

    private TypedNumber number(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> TypedNumber.constant(expr.constant().doubleValue());
            case IDENT -> variable(expr);
            default -> call(expr);
        };
    }

    private TypedNumber variable(CelExpr expr) {
        String name = expr.ident().name();
        Parameter parameter = parameters.get(name);
        return parameter != null
                ? TypedNumber.parameter(name, parameter.value())
                : reading(expr, Vocabulary.WORDS.variable(name).orElseThrow(), Arguments.none(window.millis()));
    }

    private TypedNumber reading(CelExpr at, Word word, Arguments arguments) {
        return new TypedNumber(read(at, word, arguments), word.measure(), true);
    }

    private NumberExpr.Read read(CelExpr at, Word word, Arguments arguments) {
        window.reads(word);
        NumberExpr.Read read = readings.of(word.factory().reading(arguments));
        reads.add(read);
        used.add(new Used(expression, at, word, read.reading()));
        return read;
    }

    private TypedNumber call(CelExpr expr) {
        List<CelExpr> args = expr.call().args();
        Word word = Vocabulary.WORDS.function(expr.call().function()).orElse(null);
        if (word != null) {
            return reading(expr, word, arguments(word, args.get(0)));
        }
        return switch (operator(expr)) {
            case PLUS -> arithmetic(expr, Operator.PLUS);
            case MINUS -> arithmetic(expr, Operator.MINUS);
            case TIMES -> arithmetic(expr, Operator.TIMES);
            case DIVIDED_BY -> arithmetic(expr, Operator.DIVIDED_BY);
            case MIN -> arithmetic(expr, Operator.MIN);
            case MAX -> arithmetic(expr, Operator.MAX);
            case NEGATE -> {
                TypedNumber operand = number(args.get(0));
                yield fold(Operator.TIMES, TypedNumber.constant(-1), operand, operand.measure(), false);
            }
            case CHOICE -> {
                TruthExpr condition = truth(args.get(0));
                TypedNumber whenTrue = number(args.get(1));
                TypedNumber whenFalse = number(args.get(2));
                measures.requireSame(expr, whenTrue.measure(), whenFalse.measure(), "are not one choice");
                yield new TypedNumber(
                        new NumberExpr.Choice(condition, whenTrue.expr(), whenFalse.expr()),
                        whenTrue.measure().with(whenFalse.measure()).orElse(Measure.ANY),
                        whenTrue.natural() && whenFalse.natural());
            }
            case OVER -> window.over(expr, this::number);
            case AT_ONSET -> window.atOnset(expr, this::number);
            default -> throw new IllegalStateException("dev.cel took for a number: " + expr);
        };
    }

    private Operators operator(CelExpr expr) {
        return Operators.ofFunction(expr.call().function()).orElseThrow();
    }

    private Arguments arguments(Word word, CelExpr argument) {
        if (word.takes() == Takes.DIMENSION) {
            if (argument.getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
                throw expression.mistake(argument.id(), "a text in quotes is expected here: " + word.example());
            }
            String text = argument.constant().stringValue();
            if (!word.texts().isEmpty() && !word.texts().contains(text)) {
                mistakes.add(expression.mistake(
                        argument.id(),
                        word.name() + " knows no \"" + text + "\"" + NearestName.hint(text, word.texts())));
            }
            return new Arguments(new NumberExpr.Constant(0), text, window.millis());
        }
        int known = mistakes.size();
        TypedNumber number = number(argument);
        measures.requireSame(argument, word.argument(), number.measure(), "do not go together here");
        if (word.takes() == Takes.RANK) {
            measures.requireRank(number, argument);
        } else {
            measures.requireReachable(new TypedNumber(number.expr(), word.argument(), true), number, argument);
        }
        if (word.takes() == Takes.RANK && !number.isConstant() && mistakes.size() == known) {
            mistakes.add(expression.mistake(
                    argument.id(), "a quantile's rank is a number or a parameter, as in " + word.example()));
        }
        return new Arguments(number.expr(), null, window.millis());
    }

    private TypedNumber arithmetic(CelExpr expr, Operator operator) {
        TypedNumber left = number(expr.call().args().get(0));
        TypedNumber right = number(expr.call().args().get(1));
        boolean natural = left.natural() && right.natural();
        return switch (operator) {
            case TIMES -> fold(operator, left, right, left.measure().times(right.measure()), false);
            case DIVIDED_BY -> fold(operator, left, right, left.measure().dividedBy(right.measure()), natural);
            case PLUS, MINUS -> {
                measures.requireSame(expr, left.measure(), right.measure(), "are not added up");
                yield fold(
                        operator,
                        left,
                        right,
                        left.measure().with(right.measure()).orElse(Measure.ANY),
                        false);
            }
            case MIN, MAX -> {
                measures.requireSame(expr, left.measure(), right.measure(), "have no smaller and larger");
                yield fold(
                        operator,
                        left,
                        right,
                        left.measure().with(right.measure()).orElse(Measure.ANY),
                        natural);
            }
        };
    }

    private static TypedNumber fold(
            Operator operator, TypedNumber left, TypedNumber right, Measure measure, boolean natural) {
        return left.isConstant() && right.isConstant()
                ? TypedNumber.constant(operator.of(left.constantValue(), right.constantValue()))
                : new TypedNumber(new NumberExpr.Arithmetic(operator, left.expr(), right.expr()), measure, natural);
    }
}
