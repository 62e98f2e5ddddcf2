package org.vidvec.agent;

import java.lang.instrument.Instrumentation;

/** Hands instrumentation to the entitlement library, whose own agent is not published. */
public final class EntitlementAgent {

    private EntitlementAgent() {}

    /** Called by the JVM when the agent is attached. */
    public static void agentmain(String initializer, Instrumentation instrumentation)
            throws ReflectiveOperationException {
        Class.forName(initializer)
                .getMethod("initialize", Instrumentation.class)
                .invoke(null, instrumentation);
    }
}
