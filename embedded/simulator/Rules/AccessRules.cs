using FogInfra.Embedded.Simulator.Errors;
using FogInfra.Embedded.Simulator.Values;

namespace FogInfra.Embedded.Simulator.Rules;

/// <summary>Rules of Roles and ClusterRoles.</summary>
internal sealed class RoleRules : KindRules
{
    public override string? NameFault(string name) => Names.PathSegmentFault(name);

    public override IEnumerable<FieldError> Validate(JsonMap value) => value.Maps("rules")
        .Select((rule, index) => rule.List("verbs").Count == 0 ? FieldError.Required($"rules[{index}].verbs", "verbs must contain at least one value") : null).OfType<FieldError>();
}

/// <summary>Rules of RoleBindings and ClusterRoleBindings.</summary>
internal sealed class RoleBindingRules : KindRules
{
    private const string AccessGroup = "rbac.authorization.k8s.io";

    public override string? NameFault(string name) => Names.PathSegmentFault(name);

    public override JsonMap Default(JsonMap value) => value
        .Edit("roleRef", reference => reference.Default(AccessGroup, "apiGroup"))
        .EditEach("subjects", subject => subject.Text("kind") is "User" or "Group" ? subject.Default(AccessGroup, "apiGroup") : subject);

    public override IEnumerable<FieldError> ValidateUpdate(JsonMap next, JsonMap current)
    {
        if (!Equals(next["roleRef"], current["roleRef"])) yield return FieldError.Invalid("roleRef", next["roleRef"], "cannot change roleRef");
    }
}
