package io.vedette.jobs.rules;

import io.vedette.jobs.xid.Xid;
import io.vedette.jobs.xid.XidHistory;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Latest;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** A sentence with places for what was measured and where. Immutable. */
public record Template(List<Part> parts) implements Serializable {
    public Template {
        parts = List.copyOf(parts);
    }

    /** A piece of the sentence. */
    sealed interface Part extends Serializable {}

    record Text(String text) implements Part {}

    /** @param bare whether the text behind it goes on with the unit itself */
    record Measured(NumberExpr expr, Measure measure, boolean bare) implements Part {}

    record Named(Field field) implements Part {}

    /** What is only said where all in it is known. */
    record Clause(List<Part> parts) implements Part {
        Clause {
            parts = List.copyOf(parts);
        }
    }

    /** The line for vedette.yaml with which a limit fits what was measured. */
    record Suggested(SuggestedLimit limit) implements Part {}

    /** What can be said of the entity besides numbers. */
    enum Field {
        /** Where it is, in a form for people. */
        ENTITY("entity"),
        INSTANCE("instance"),
        ENGINE("engine"),
        MODEL_NAME("model_name"),
        ROLE("role"),
        NODE("node"),
        GPU("gpu"),
        UUID("uuid"),
        /** The card of several that uses the most or least memory, and how much; likewise for utilization. */
        ODD_GPU_MEMORY("odd_gpu_memory"),
        ODD_GPU_UTILIZATION("odd_gpu_utilization"),
        /** Why the newest scrape failed. */
        FAILURE("failure"),
        /** The rules that cannot see what they need, and what that is. */
        BLIND("blind"),
        /** The worst XID of the last hour, and what it means. */
        XID("xid"),
        /** What to do about it. */
        XID_ACTION("xid_action");

        private final String word;

        Field(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** The sentence for a situation; what is unknown is called so, or left out with the clause that it stands in. */
    public String render(Scope scope) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> render(part, scope, text));
        return text.toString();
    }

    private static void render(Part part, Scope scope, StringBuilder to) {
        if (part instanceof Text fixed) {
            to.append(fixed.text());
        } else if (part instanceof Measured number) {
            double value = number.expr().evaluate(scope);
            to.append(
                    number.bare()
                            ? Numerals.withoutUnit(value, number.measure())
                            : Numerals.withUnit(value, number.measure()));
        } else if (part instanceof Named named) {
            String word = word(named.field(), scope);
            to.append(word.isEmpty() ? "unknown" : word);
        } else if (part instanceof Suggested suggested) {
            to.append(suggested.limit().line(scope));
        } else if (part instanceof Clause clause
                && clause.parts().stream().allMatch(inside -> isKnown(inside, scope))) {
            clause.parts().forEach(inside -> render(inside, scope, to));
        }
    }

    private static boolean isKnown(Part part, Scope scope) {
        if (part instanceof Measured number) {
            return !Double.isNaN(number.expr().evaluate(scope));
        }
        return !(part instanceof Named named) || !word(named.field(), scope).isEmpty();
    }

    private static String word(Field field, Scope scope) {
        Situation situation = scope.situation();
        Entity entity = situation.frame().entity();
        return switch (field) {
            case ENTITY -> described(entity);
            case INSTANCE -> entity.instance();
            case ENGINE -> entity.engine();
            case MODEL_NAME -> entity.modelName();
            case ROLE -> entity.role();
            case NODE -> entity.node();
            case GPU -> entity.gpu();
            case UUID -> entity.uuid();
            case ODD_GPU_MEMORY -> OddGpu.byMemory(situation.frame());
            case ODD_GPU_UTILIZATION -> OddGpu.byUtilization(situation.frame());
            case FAILURE -> {
                Latest latest = situation.frame().latest();
                yield latest == null ? "" : latest.failure();
            }
            case BLIND -> scope.blind().described();
            case XID -> xid(situation).map(Xid::described).orElse("");
            case XID_ACTION -> xid(situation).map(Xid::action).orElse("");
        };
    }

    private static Optional<Xid> xid(Situation situation) {
        return situation.xids().worst(situation.frame().tickMillis() - XidHistory.HOUR_MILLIS);
    }

    private static String described(Entity entity) {
        return switch (entity.kind()) {
            case MODEL ->
                "model " + entity.modelName()
                        + (entity.role().equals(Entity.ROLE_BOTH) ? "" : " (" + entity.role() + ")");
            case GPU -> gpu(entity) + (entity.instance().isEmpty() ? "" : " (" + replica(entity) + ")");
            case NODE -> "node " + entity.node();
            case REPLICA, REPLICA_GPUS -> replica(entity);
        };
    }

    private static String gpu(Entity card) {
        return "gpu " + (card.gpu().isEmpty() ? card.uuid() : card.gpu())
                + (card.node().isEmpty() ? "" : " of " + card.node());
    }

    private static String replica(Entity entity) {
        return entity.instance()
                + (entity.engine().equals("0") ? "" : " engine " + entity.engine())
                + (entity.modelName().isEmpty()
                        ? ""
                        : entity.kind() == EntityKind.GPU
                                ? ", " + entity.modelName()
                                : " (" + entity.modelName() + ")");
    }
}
