package io.vedette.jobs.rules;

import io.vedette.jobs.life.StateTracker;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.frame.Frame;
import io.vedette.model.series.SeriesSettings;
import io.vedette.model.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** Evaluates single expressions in tests. */
final class Language {
    private static final long WINDOW = 60_000;
    private static final YamlValue WHERE = YamlValue.parse("test.yaml", "x").orElseThrow();

    private Language() {}

    static double number(String text, Frame frame, Object... parameters) {
        Map<String, Parameter> named = parameters(parameters);
        Readings readings = new Readings();
        Expression expression = new ExpressionParser(named.keySet()).number(WHERE, text);
        return compiler(expression, named, readings).number().expr().evaluate(scope(frame, readings));
    }

    static Truth truth(String text, Frame frame, Object... parameters) {
        Map<String, Parameter> named = parameters(parameters);
        Readings readings = new Readings();
        YamlValue where = YamlValue.parse("test.yaml", '"' + text.replace("\"", "\\\"") + '"')
                .orElseThrow();
        Expression expression = new ExpressionParser(named.keySet()).condition(where);
        return compiler(expression, named, readings).condition().evaluate(scope(frame, readings));
    }

    private static ExpressionCompiler compiler(
            Expression expression, Map<String, Parameter> parameters, Readings readings) {
        return new ExpressionCompiler(
                expression, parameters, new WindowNames(SeriesSettings.DEFAULT_WINDOWS), WINDOW, readings);
    }

    static Scope scope(Frame frame, Readings readings) {
        return new Scope(
                StateTracker.situation(StateTracker.next(null, frame), XidHistory.NONE, frame), readings.size());
    }

    private static Map<String, Parameter> parameters(Object... namesAndValues) {
        Map<String, Parameter> named = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            named.put(
                    String.valueOf(namesAndValues[i]),
                    new Parameter(((Number) namesAndValues[i + 1]).doubleValue(), WHERE));
        }
        return named;
    }
}
