namespace FogInfra.Tests.Support;

/// <summary>A custom resource definition that several tests use.</summary>
internal static class CustomResources
{
    public const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.size, statusReplicasPath: .status.size}
            additionalPrinterColumns:
            - {name: Size, type: integer, jsonPath: .spec.size}
            - {name: Color, type: string, jsonPath: .spec.color}
            schema:
              openAPIV3Schema:
                type: object
                required: [spec]
                properties:
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: {type: integer, minimum: 1, maximum: 9, description: How large it is.}
                      color: {type: string, default: red, enum: [red, blue]}
                      parts:
                        type: array
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [name]
                        items:
                          type: object
                          required: [name]
                          properties:
                            name: {type: string, pattern: "^[a-z]+$"}
                            weight: {x-kubernetes-int-or-string: true}
                      free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                  status:
                    type: object
                    properties:
                      size: {type: integer}
        """;

    public static string Widget(string name, string spec) => $$"""
        apiVersion: example.com/v1
        kind: Widget
        metadata: {name: "{{name}}"}
        spec: {{spec}}
        """;
}
